package dev.porthole.desktop.app;

import dev.porthole.desktop.links.DeepLink;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a second start may say to the first; anything else is ignored. */
sealed interface InstanceMessage {
    /** No message is longer, in bytes. */
    int LONGEST = 16;

    Pattern SHARE = Pattern.compile("share ([1-9][0-9]{0,4})");
    int HIGHEST_PORT = 65535;

    /** Bring the window to the front. */
    record Show() implements InstanceMessage {}

    /** Ask whether to share this port; a link wants it. */
    record Share(DeepLink link) implements InstanceMessage {}

    /** One line, without its end. */
    default String text() {
        return switch (this) {
            case Show _ -> "show";
            case Share(DeepLink link) -> "share " + link.port();
        };
    }

    /** Reads one line; empty for what this release does not know. */
    static Optional<InstanceMessage> parse(String line) {
        if (line.equals("show")) {
            return Optional.of(new Show());
        }
        Matcher share = SHARE.matcher(line);
        if (share.matches() && Integer.parseInt(share.group(1)) <= HIGHEST_PORT) {
            return Optional.of(new Share(new DeepLink(Integer.parseInt(share.group(1)))));
        }
        return Optional.empty();
    }
}
