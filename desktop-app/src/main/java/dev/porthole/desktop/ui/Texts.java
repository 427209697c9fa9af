package dev.porthole.desktop.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The texts that people read, in the language that was chosen; English before one was. A test holds that every key
 * which is used exists in each language, and the other way round. Any thread.
 */
public final class Texts {
    private static final String BUNDLE = "dev.porthole.desktop.texts";

    private static volatile Spoken spoken = Spoken.of(Locale.ENGLISH, Locale.ENGLISH);

    private Texts() {}

    /** From now on texts come in this language. What is shown already stays until its view is built again. */
    public static void speak(Language language) {
        spoken = Spoken.of(language.words(), language.formats());
    }

    /** The text of a key. */
    public static String text(String key) {
        return spoken.words().getString(key);
    }

    /** The text of a key with {@code {0}} and so on filled in. */
    public static String text(String key, Object... values) {
        Spoken now = spoken;
        return new MessageFormat(now.words().getString(key), now.formats()).format(values);
    }

    /** The language of the texts. */
    public static Locale language() {
        return spoken.language();
    }

    /** How numbers and times are to be written. */
    public static Locale formats() {
        return spoken.formats();
    }

    private record Spoken(Locale language, ResourceBundle words, Locale formats) {
        static Spoken of(Locale language, Locale formats) {
            // The file without a language is the English one; no other may stand in for it.
            Locale file = language.equals(Locale.ENGLISH) ? Locale.ROOT : language;
            return new Spoken(language, ResourceBundle.getBundle(BUNDLE, file), formats);
        }
    }
}
