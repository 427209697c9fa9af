package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fields that are for one connection only and never forwarded (RFC 9110, section 7.6.1). */
final class HopByHop {
    /** What nobody may strip by naming it in {@code Connection}: the next one's judgement rests on it. */
    private static final Set<String> PROTECTED =
            Set.of("host", "authorization", "cookie", "forwarded", "content-length", "content-type", "expect");

    private static final Set<String> NOT_IN_TRAILERS = Set.of(
            "content-length",
            "content-encoding",
            "content-type",
            "content-range",
            "host",
            "authorization",
            "cookie",
            "set-cookie",
            "forwarded",
            "expect",
            "cache-control",
            "max-forwards");

    private HopByHop() {}

    /** Names, in lower case, that {@code Connection} makes hop-by-hop besides those that always are. */
    static Set<String> named(HttpHeaders fields) {
        List<String> connection = fields.getAll(HttpHeaderNames.CONNECTION);
        if (connection.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                String lower = name.strip().toLowerCase(Locale.ROOT);
                if (!PROTECTED.contains(lower) && !lower.startsWith("x-forwarded-")) {
                    named.add(lower);
                }
            }
        }
        return named;
    }

    /** Whether a field (lower case) always is for one connection. A switch: it is asked for each field. */
    static boolean isAlways(String name) {
        return switch (name) {
            case "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings" -> true;
            default -> false;
        };
    }

    /** Whether a field (lower case) may come after the body (RFC 9110, section 6.5.1). */
    static boolean mayTrail(String name) {
        return !isAlways(name) && !NOT_IN_TRAILERS.contains(name) && !name.startsWith("x-forwarded-");
    }
}
