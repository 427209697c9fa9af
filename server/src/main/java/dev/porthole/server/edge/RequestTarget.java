package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom a request is for and what it asks, read from its target and its Host field (RFC 9112, sections 3.2 and 3.3).
 *
 * @param authority host and port as the visitor wrote them
 * @param host the host alone, in lower case
 * @param path path and query, byte for byte; {@code *} for the server as a whole
 */
record RequestTarget(String authority, String host, String path) {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(:[0-9]{0,5})?");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)([/?].*)?");

    /** Reads them, or says why they can't be read. */
    static RequestTarget of(HttpRequest request) throws UnacceptableRequest {
        boolean connect = request.method().equals(HttpMethod.CONNECT) && !Upgrade.isExtendedConnect(request);
        if (connect || request.method().equals(HttpMethod.TRACE)) {
            throw new UnacceptableRequest(405, request.method() + " is not allowed here.");
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) {
            throw UnacceptableRequest.malformed("Host is there " + hosts.size() + " times");
        }
        if (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            throw UnacceptableRequest.malformed("there is no Host");
        }
        String authority = hosts.isEmpty() ? "" : hosts.getFirst();
        String path = request.uri();
        if (!path.startsWith("/")) {
            if (path.equals("*") && request.method().equals(HttpMethod.OPTIONS)) {
                return of(authority, path);
            }
            var absolute = ABSOLUTE.matcher(path);
            if (!absolute.matches()) {
                throw UnacceptableRequest.malformed("the target is neither a path nor an address");
            }
            // The target's authority wins over Host (RFC 9112, section 3.2.2).
            authority = absolute.group(1);
            path = absolute.group(2) == null ? "/" : absolute.group(2);
            if (path.startsWith("?")) {
                path = "/" + path;
            }
        }
        return of(authority, path);
    }

    private static RequestTarget of(String authority, String path) throws UnacceptableRequest {
        String host = host(authority).toLowerCase(Locale.ROOT);
        boolean rooted = host.length() > 1 && host.endsWith(".");
        return new RequestTarget(authority, rooted ? host.substring(0, host.length() - 1) : host, path);
    }

    /** Nearly every authority is letters, digits, dots and hyphens: those cost no pattern. */
    private static String host(String authority) throws UnacceptableRequest {
        int end = 0;
        while (end < authority.length() && isPlain(authority.charAt(end))) {
            end++;
        }
        if (end > 0 && (end == authority.length() || isPort(authority, end))) {
            return authority.substring(0, end);
        }
        var parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw UnacceptableRequest.malformed("Host is no host name");
        }
        return parts.group(1);
    }

    private static boolean isPort(String authority, int colon) {
        if (authority.charAt(colon) != ':' || authority.length() - colon > 6) {
            return false;
        }
        for (int at = colon + 1; at < authority.length(); at++) {
            if (authority.charAt(at) < '0' || authority.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '.'
                || octet == '-';
    }
}
