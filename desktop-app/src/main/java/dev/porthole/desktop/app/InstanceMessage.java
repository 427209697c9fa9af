package dev.porthole.desktop.app;

import java.util.Optional;

/** What a second start may say to the first; anything else is ignored. */
sealed interface InstanceMessage {
    /** No message is longer, in bytes. */
    int LONGEST = 16;

    /** Bring the window to the front. */
    record Show() implements InstanceMessage {}

    /** One line, without its end. */
    default String text() {
        return switch (this) {
            case Show _ -> "show";
        };
    }

    /** Reads one line; empty for what this release does not know. */
    static Optional<InstanceMessage> parse(String line) {
        return line.equals("show") ? Optional.of(new Show()) : Optional.empty();
    }
}
