package dev.porthole.server.control;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How tunnels are reached from outside.
 *
 * @param scheme {@code https} with a domain of one's own, {@code http} under {@code localhost}
 * @param domain what a tunnel's name stands in front of
 * @param port of the address; absent if it is the scheme's own
 */
public record PublicUrls(
        String scheme, String domain, @Nullable Integer port) {
    /**
     * Without a domain: {@code http://<name>.localhost:<port>}, which every browser maps to this computer (RFC 6761).
     */
    public static PublicUrls onLocalhost(int port) {
        return new PublicUrls("http", "localhost", port == 80 ? null : port);
    }

    /** Below a domain, with the scheme and port of the server's base URL. */
    public static PublicUrls below(String domain, URI baseUrl) {
        return new PublicUrls(baseUrl.getScheme(), domain, baseUrl.getPort() < 0 ? null : baseUrl.getPort());
    }

    /** The address of a tunnel. */
    public String of(String name) {
        return scheme + "://" + name + "." + domain + (port == null ? "" : ":" + port);
    }
}
