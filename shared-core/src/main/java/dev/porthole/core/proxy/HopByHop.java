package dev.porthole.core.proxy;

import dev.porthole.core.wire.WireHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields that end at each hop (RFC 9110, section 7.6.1), and those that only edge and agent may say. */
final class HopByHop {
    // Naming one of these in Connection must not take it away from whoever decides by it.
    private static final Set<String> NEVER = Set.of("host", "authorization", "cookie", "set-cookie", "content-length");

    private final Set<String> named;

    private HopByHop(Set<String> named) {
        this.named = named;
    }

    /** For a message with these {@code Connection} fields. */
    static HopByHop of(List<String> connection) {
        if (connection.isEmpty()) {
            return new HopByHop(Set.of());
        }
        Set<String> named = new HashSet<>();
        for (String value : connection) {
            for (String token : value.split(",", -1)) {
                String name = token.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !NEVER.contains(name)) {
                    named.add(name);
                }
            }
        }
        return new HopByHop(named);
    }

    /** Whether a field, its name in lower case, goes no further. */
    boolean ends(String name) {
        return always(name) || named.contains(name) || name.startsWith(WireHeaders.PREFIX);
    }

    /** A switch, not a set: this is asked for each field of each message. */
    private static boolean always(String name) {
        return switch (name) {
            case "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings" -> true;
            default -> false;
        };
    }
}
