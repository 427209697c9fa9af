package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which {@code Host} an app sees. As text it is {@code visitor}, {@code localhost}, or a host name with or without a
 * port.
 */
public sealed interface HostHeader {
    /** The one that the visitor sent. */
    record Visitor() implements HostHeader {
        @JsonValue
        @Override
        public String toString() {
            return "visitor";
        }
    }

    /**
     * The endpoint's own, for apps that refuse other names (development servers do, against DNS rebinding). What else
     * names the public address in a request, and this computer in an answer, is rewritten with it, so that checks
     * against forgery hold and redirects come back.
     */
    record Localhost() implements HostHeader {
        @JsonValue
        @Override
        public String toString() {
            return "localhost";
        }
    }

    /**
     * A name of its own, for apps that choose a site by name; rewritten like {@link Localhost}.
     *
     * @param authority in lower case, such as {@code shop.test} or {@code shop.test:8080}
     */
    record Fixed(String authority) implements HostHeader {
        /** RFC 1035's limit for a name, and a port. */
        private static final int LONGEST = 253 + 6;

        // A name of letters, digits, hyphens, underscores and dots, or an address in brackets; then perhaps a port.
        private static final Pattern AUTHORITY =
                Pattern.compile("([a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]*:[0-9a-f:.]*\\])(:[0-9]{1,5})?");

        public Fixed {
            authority = authority.strip().toLowerCase(Locale.ROOT);
            if (!AUTHORITY.matcher(authority).matches() || authority.length() > LONGEST || !isPort(authority)) {
                throw new InvalidHostHeaderException("host header: " + authority
                        + " (expected: visitor, localhost, or a name such as shop.test or shop.test:8080)");
            }
            if (authority.equals("visitor") || authority.equals("localhost")) {
                throw new InvalidHostHeaderException(
                        "host header: " + authority + " (expected: a name other than the words for the other ways)");
            }
        }

        private static boolean isPort(String authority) {
            int colon = authority.lastIndexOf(':');
            if (colon < 0 || colon < authority.lastIndexOf(']')) {
                return true;
            }
            int port = Integer.parseInt(authority.substring(colon + 1));
            return port >= 1 && port <= 65535;
        }

        @JsonValue
        @Override
        public String toString() {
            return authority;
        }
    }

    /** {@link Visitor}. */
    static HostHeader visitor() {
        return new Visitor();
    }

    /** {@link Localhost}. */
    static HostHeader localhost() {
        return new Localhost();
    }

    /**
     * Reads what {@code toString} writes, or what a person types.
     *
     * @throws InvalidHostHeaderException with one line that says what was given and what was expected
     */
    @JsonCreator
    static HostHeader parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "visitor" -> new Visitor();
            case "localhost" -> new Localhost();
            default -> new Fixed(text);
        };
    }
}
