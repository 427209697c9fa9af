package dev.porthole.server.identity;

import java.net.URI;

/**
 * Where the world finds this server. Both are origins: scheme, host, port, no path.
 *
 * @param issuer the API and the token endpoint: {@code http://localhost:8080} or the base URL
 * @param pages what browsers open: {@code http://porthole.localhost:8080} or the base URL, never plain
 *     {@code localhost}, whose cookies every program on the computer shares
 */
public record PublicAddresses(URI issuer, URI pages) {
    public PublicAddresses {
        issuer = origin("issuer", issuer);
        pages = origin("pages", pages);
    }

    /** The audience of access tokens (RFC 9068 section 3). */
    public String audience() {
        return issuer + "/api";
    }

    URI endpoint(String path) {
        return issuer.resolve(path);
    }

    URI page(String path) {
        return pages.resolve(path);
    }

    boolean secure() {
        return "https".equals(pages.getScheme());
    }

    private static URI origin(String what, URI given) {
        String path = given.getRawPath();
        boolean web = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
        boolean bare = (path == null || path.isEmpty() || path.equals("/"))
                && given.getRawQuery() == null
                && given.getRawFragment() == null
                && given.getRawUserInfo() == null;
        if (!web || !bare || given.getHost() == null) {
            throw new IllegalArgumentException(
                    what + ": " + given + " (expected: an http or https origin without a path)");
        }
        return URI.create(given.getScheme() + "://" + given.getRawAuthority());
    }
}
