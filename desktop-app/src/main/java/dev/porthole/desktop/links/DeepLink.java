package dev.porthole.desktop.links;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link that asks to share a port of this computer: {@code porthole://share?port=3000}. Any web page may open one, so
 * it carries a loopback port and nothing else: no host, no server, no project, no policy (T-L2).
 *
 * @param port from 1 to 65535
 */
public record DeepLink(int port) {
    /** What links begin with. */
    public static final String SCHEME = "porthole:";

    private static final int HIGHEST_PORT = 65535;
    // Browsers and desktops may put a slash behind the host.
    private static final Pattern SHARE = Pattern.compile("porthole://share/?\\?port=([0-9]{1,5})");
    private static final int LONGEST_SHOWN = 80;

    public DeepLink {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1-" + HIGHEST_PORT + ")");
        }
    }

    /**
     * Reads a link.
     *
     * @throws InvalidLinkException with a message for people, if it is anything else than such a link
     */
    public static DeepLink parse(String text) throws InvalidLinkException {
        Matcher link = SHARE.matcher(text);
        if (link.matches()) {
            int port = Integer.parseInt(link.group(1));
            if (port >= 1 && port <= HIGHEST_PORT) {
                return new DeepLink(port);
            }
        }
        throw new InvalidLinkException("link: " + shown(text)
                + " (expected: porthole://share?port= and a port from 1 to 65535, nothing else)");
    }

    /** On one line, without what would move a terminal's cursor. */
    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x21-\\x7e]", "?");
        return printable.length() <= LONGEST_SHOWN ? printable : printable.substring(0, LONGEST_SHOWN) + "...";
    }

    /** No link of ours. */
    public static final class InvalidLinkException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidLinkException(String message) {
            super(message);
        }
    }
}
