package dev.porthole.desktop.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts that people read. A test holds that every key which is used exists, and the other way round. */
public final class Texts {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.porthole.desktop.texts", Locale.ROOT);

    private Texts() {}

    /** The text of a key. */
    public static String text(String key) {
        return BUNDLE.getString(key);
    }

    /** The text of a key with {@code {0}} and so on filled in. */
    public static String text(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(values);
    }
}
