package dev.porthole.core.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that opens connections on request (CONNECT, RFC 9110 section 9.3.6). {@code toString} leaves its password
 * out.
 *
 * @param user the name for Basic authentication (RFC 7617); null if it asks for none
 */
public record HttpProxy(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {
    private static final int USUAL_PORT = 80;

    /** A proxy that asks for no name. */
    public HttpProxy(String host, int port) {
        this(host, port, null, null);
    }

    /**
     * Reads the value of an environment variable: {@code http://name:password@host:3128}, where only the host is
     * needed.
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat a password
     */
    static HttpProxy parse(String text) {
        String value = text.contains("://") ? text : "http://" + text;
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("no address (expected: http://host:port)");
        }
        String host = uri.getHost();
        if (host == null || !"http".equals(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    uri.getScheme() + "://" + host + " (expected: http://host:port, the proxy's own address)");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        String user = uri.getRawUserInfo();
        if (user == null) {
            return new HttpProxy(bare, port);
        }
        int colon = user.indexOf(':');
        return new HttpProxy(
                bare,
                port,
                decode(colon < 0 ? user : user.substring(0, colon)),
                decode(colon < 0 ? "" : user.substring(colon + 1)));
    }

    /** The value of {@code Proxy-Authorization}; null if no name is known. */
    public @Nullable String authorization() {
        return user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
