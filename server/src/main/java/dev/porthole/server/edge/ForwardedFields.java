package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the next one is told of the visitor: {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}. A
 * visitor's own are replaced; those of a trusted proxy are continued.
 */
final class ForwardedFields {
    private final TrustedProxies trusted;

    ForwardedFields(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /** Whether a field of the request (lower case) is replaced by {@link #tell}, or dropped for good. */
    static boolean replaces(String name) {
        return name.startsWith("x-forwarded-") || name.equals("forwarded") || name.equals("x-real-ip");
    }

    /** Says them, in lower case. */
    void tell(
            InetSocketAddress visitor,
            Entrance entrance,
            InetSocketAddress listener,
            String authority,
            HttpHeaders request,
            BiConsumer<String, String> out) {
        InetAddress address = visitor.getAddress();
        String peer = literal(address);
        if (!trusted.networks().isEmpty() && trusted.trusts(address)) {
            List<String> before = request.getAll("x-forwarded-for");
            out.accept("x-forwarded-for", before.isEmpty() ? peer : String.join(", ", before) + ", " + peer);
            out.accept("x-forwarded-proto", or(request.get("x-forwarded-proto"), entrance.scheme()));
            out.accept("x-forwarded-host", or(request.get("x-forwarded-host"), authority));
            out.accept("x-forwarded-port", or(request.get("x-forwarded-port"), port(authority, entrance, listener)));
            request.getAll("forwarded").forEach(value -> out.accept("forwarded", value));
            return;
        }
        out.accept("x-forwarded-for", peer);
        out.accept("x-forwarded-proto", entrance.scheme());
        out.accept("x-forwarded-host", authority);
        out.accept("x-forwarded-port", port(authority, entrance, listener));
    }

    private static String or(@Nullable String given, String ours) {
        return given == null ? ours : given;
    }

    /** The port that the visitor named, for redirects; the listener's own may be behind a mapping. */
    private static String port(String authority, Entrance entrance, InetSocketAddress listener) {
        int colon = authority.lastIndexOf(':');
        boolean named = colon > authority.lastIndexOf(']') && colon < authority.length() - 1;
        return named
                ? authority.substring(colon + 1)
                : authority.isEmpty() ? "" + listener.getPort() : entrance.usualPort();
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
