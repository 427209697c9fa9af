package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is shared: the local address {@code http://localhost:3000}, {@code https://10.0.0.5:8443},
 * {@code h2c://localhost:50051}, {@code tcp://localhost:5432}, or the folder {@code file:///home/ada/site}.
 *
 * <p>Always in its normal form: {@code localhost}, {@code 127.0.0.1}, {@code ::1} and their spellings are one host,
 * {@code localhost}; other hosts are in lower case; an IPv6 address has no brackets here and has them in
 * {@link #toString}. A folder's path is as {@link FolderPath} has it.
 *
 * @param host empty for a folder
 * @param port 0 for a folder
 * @param path a folder's, percent-encoded; empty for an address
 */
public record Endpoint(Scheme scheme, String host, int port, String path) {
    /** How the endpoint is spoken to. */
    public enum Scheme {
        /** HTTP/1.1. */
        HTTP,
        /** HTTP/2 or HTTP/1.1 over TLS, as the app chooses (RFC 7301). */
        HTTPS,
        /** HTTP/2 without TLS, with prior knowledge (RFC 9113, section 3.3): gRPC servers speak it. */
        H2C,
        TCP,
        /** A folder of the agent's computer: no address at all, the agent itself answers. */
        FILE;

        /** As in an address: {@code http}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As in the URLs that an app behind it makes: HTTP/2 without TLS is {@code http} there. */
        public String urlScheme() {
            return this == H2C ? HTTP.text() : text();
        }
    }

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*(%[a-z0-9]+)?");

    public Endpoint {
        if (scheme == Scheme.FILE) {
            path = FolderPath.normal(path);
            host = "";
            port = 0;
        } else {
            path = "";
            host = normalHost(host);
            if (port < 1 || port > 65535) {
                throw new InvalidEndpointException("port: " + port + " (expected: 1-65535)");
            }
        }
    }

    /** An address. */
    public Endpoint(Scheme scheme, String host, int port) {
        this(scheme, host, port, "");
    }

    /**
     * Reads what a person types: {@code 3000}, {@code localhost:3000}, {@code tcp 5432}, {@code https://[::1]:8443}.
     * Without a scheme it is http.
     *
     * @throws InvalidEndpointException with one line that says what was given and what was expected
     */
    @JsonCreator
    public static Endpoint parse(String text) {
        String rest = text.strip();
        if (startsWithIgnoringCase(rest, "file:")) {
            return new Endpoint(Scheme.FILE, "", 0, rest.substring("file:".length()));
        }
        Scheme scheme = Scheme.HTTP;
        for (Scheme candidate : Scheme.values()) {
            String word = candidate.text();
            if (startsWithIgnoringCase(rest, word + "://")) {
                scheme = candidate;
                rest = rest.substring(word.length() + 3);
                break;
            }
            if (startsWithIgnoringCase(rest, word + " ")) {
                scheme = candidate;
                rest = rest.substring(word.length() + 1).strip();
                break;
            }
        }
        if (rest.contains("://")) {
            throw invalid(text, "http://, https://, h2c://, tcp:// or file:/// in front");
        }
        if (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        if (DIGITS.matcher(rest).matches()) {
            return new Endpoint(scheme, "localhost", port(text, rest));
        }
        int colon = rest.lastIndexOf(':');
        if (colon < 0) {
            throw invalid(text, "a port, such as " + (rest.isEmpty() ? "localhost" : rest) + ":3000");
        }
        String host = rest.substring(0, colon);
        if (host.isEmpty()) {
            throw invalid(text, "a host before the port, such as localhost" + rest);
        }
        if (host.startsWith("[") != host.endsWith("]")) {
            throw invalid(text, "an IPv6 address in brackets, such as [::1]:3000");
        }
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            throw invalid(text, "an IPv6 address in brackets, such as [::1]:3000");
        }
        int port = port(text, rest.substring(colon + 1));
        try {
            return new Endpoint(scheme, host, port);
        } catch (InvalidEndpointException notHost) {
            throw invalid(text, "a host name or an address before the port");
        }
    }

    /** Whether it is a folder, and no address. */
    public boolean isFolder() {
        return scheme == Scheme.FILE;
    }

    /** The address of a folder's own, such as {@code file:///home/ada/site}. */
    public URI uri() {
        return URI.create(toString());
    }

    /** Whether it is an address of this computer. */
    public boolean isLoopback() {
        return host.equals("localhost");
    }

    /** For people: {@code localhost:3000}, {@code /home/ada/My site}. */
    public String shown() {
        return isFolder() ? FolderPath.shown(path) : authority();
    }

    /** An address as in a {@code Host} field or a URL: {@code localhost:3000}, {@code [fd00::1]:80}. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Its origin as its app would write it (RFC 6454): {@code http://localhost:50051} for HTTP/2 without TLS. */
    public String origin() {
        return scheme.urlScheme() + "://" + authority();
    }

    /** The normal form: {@code http://localhost:3000}. */
    @JsonValue
    @Override
    public String toString() {
        return scheme.text() + "://" + (isFolder() ? path : authority());
    }

    private static int port(String given, String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw invalid(given, "a port of 1-65535 at the end");
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw invalid(given, "a port of 1-65535 at the end");
        }
        return port;
    }

    private static String normalHost(String given) {
        String host = given.toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!IPV6.matcher(host).matches()) {
                throw new InvalidEndpointException("host: " + given + " (expected: an IPv6 address in the brackets)");
            }
        }
        if (host.endsWith(".") && !host.equals(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1")) {
            return "localhost";
        }
        if (!HOST_NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new InvalidEndpointException("host: " + given + " (expected: a host name or an address)");
        }
        return host;
    }

    private static boolean startsWithIgnoringCase(String text, String start) {
        return text.regionMatches(true, 0, start, 0, start.length());
    }

    private static InvalidEndpointException invalid(String given, String expected) {
        return new InvalidEndpointException("endpoint: " + given + " (expected: " + expected + ")");
    }
}
