package dev.porthole.desktop.share;

import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Texts;
import org.jspecify.annotations.Nullable;

/** The one word for a program that listens, where there is room for no more. */
public final class PortName {
    private PortName() {}

    /** Its project, or what it looks like, or its process, or "unknown". */
    public static String of(ListeningPort port) {
        String name = plain(port.projectName());
        if (name.isEmpty()) {
            name = plain(port.guess());
        }
        if (name.isEmpty()) {
            name = plain(port.process());
        }
        return name.isEmpty() ? Texts.text("share.unknown") : name;
    }

    private static String plain(@Nullable String word) {
        return word == null ? "" : PlainText.of(word);
    }
}
