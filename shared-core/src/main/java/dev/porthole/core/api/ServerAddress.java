package dev.porthole.core.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is: {@code https://tunnels.example.com}, {@code http://localhost:8080}. Never plain http, unless the
 * host is this computer: tokens travel to it.
 *
 * @param base scheme, host and port in lower case, without a path and without a slash at the end
 */
public record ServerAddress(URI base) {
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    public ServerAddress {
        String host = base.getHost();
        String scheme = base.getScheme();
        if (host == null || scheme == null) {
            throw invalid(base.toString(), "a host name, such as tunnels.example.com");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw invalid(base.toString(), "https://, or http:// for this computer");
        }
        if (scheme.equals("http") && !isLoopback(host)) {
            throw invalid(base.toString(), "https://; plain http is for this computer only");
        }
    }

    /**
     * Reads what a person types. Without a scheme it is https, and http for this computer.
     *
     * @throws InvalidServerAddressException with one line that says what was given and what was expected
     */
    public static ServerAddress parse(String text) {
        String given = text.strip();
        int scheme = given.indexOf("://");
        try {
            URI uri = scheme >= 0 ? new URI(given) : new URI("https://" + given);
            String host = uri.getHost();
            if (host == null || uri.getRawUserInfo() != null) {
                throw invalid(given, "a host name, such as tunnels.example.com");
            }
            if (!isEmptyPath(uri.getRawPath()) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw invalid(given, "nothing after the host and the port");
            }
            if (uri.getPort() == 0 || uri.getPort() > 65535) {
                throw invalid(given, "a port of 1-65535 at the end");
            }
            String word = scheme >= 0
                    ? given.substring(0, scheme).toLowerCase(Locale.ROOT)
                    : isLoopback(host) ? "http" : "https";
            return new ServerAddress(
                    new URI(word, null, host.toLowerCase(Locale.ROOT), uri.getPort(), null, null, null));
        } catch (URISyntaxException broken) {
            throw invalid(given, "a host name, such as tunnels.example.com");
        }
    }

    /** Whether the server is on this computer. */
    public boolean isLoopback() {
        return isLoopback(base.getHost());
    }

    /** The address of a path on this server; the path starts with a slash and is already percent-encoded. */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** The normal form, such as {@code https://tunnels.example.com}. */
    @Override
    public String toString() {
        return base.toString();
    }

    /** Whether a host is this computer by its name alone: RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || IPV4_LOOPBACK.matcher(name).matches();
    }

    private static boolean isEmptyPath(@Nullable String path) {
        return path == null || path.isEmpty() || path.equals("/");
    }

    private static InvalidServerAddressException invalid(String given, String expected) {
        return new InvalidServerAddressException("server: " + given + " (expected: " + expected + ")");
    }
}
