package dev.porthole.desktop.app;

import dev.porthole.desktop.links.DeepLink;
import java.util.Optional;

/**
 * What a start of the app is for.
 *
 * @param hidden without a window, as at sign-in; the tray has it
 * @param link what a link asks
 */
record Wish(boolean hidden, Optional<DeepLink> link) {
    /**
     * Reads the command line: nothing, {@code --hidden}, {@code LINK} (as a desktop calls it) or {@code open LINK}.
     *
     * @throws IllegalArgumentException with a message for people, if it is anything else
     */
    static Wish of(String... arguments) throws DeepLink.InvalidLinkException {
        return switch (arguments.length) {
            case 0 -> new Wish(false, Optional.empty());
            case 1 -> of(arguments[0]);
            case 2 -> {
                if (!arguments[0].equals("open")) {
                    throw unknown(arguments[0]);
                }
                yield new Wish(false, Optional.of(DeepLink.parse(arguments[1])));
            }
            default -> throw unknown(arguments[2]);
        };
    }

    private static Wish of(String argument) throws DeepLink.InvalidLinkException {
        if (argument.equals("--hidden")) {
            return new Wish(true, Optional.empty());
        }
        if (argument.startsWith(DeepLink.SCHEME)) {
            return new Wish(false, Optional.of(DeepLink.parse(argument)));
        }
        throw unknown(argument);
    }

    /** What an app that runs already is told; empty if it needs no telling. */
    Optional<InstanceMessage> message() {
        if (link.isPresent()) {
            return link.map(InstanceMessage.Share::new);
        }
        return hidden ? Optional.empty() : Optional.of(new InstanceMessage.Show());
    }

    private static IllegalArgumentException unknown(String argument) {
        return new IllegalArgumentException("argument: " + argument.replaceAll("[^\\x20-\\x7e]", "?")
                + " (expected: nothing, --hidden, or open and a link)");
    }
}
