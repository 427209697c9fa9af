package dev.porthole.server.edge;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a visitor's connection came in.
 *
 * @param secure whether it speaks TLS
 * @param serverName the name that it asked for in the TLS handshake (RFC 6066, section 3), in lower case; null if none
 */
record Entrance(boolean secure, @Nullable String serverName) {
    static final Entrance PLAIN = new Entrance(false, null);

    /** The scheme of the visitor's address. */
    String scheme() {
        return secure ? "https" : "http";
    }

    /** The port that an address of this scheme need not name. */
    String usualPort() {
        return secure ? "443" : "80";
    }

    /**
     * Whether a request for {@code host} may come on this connection. A certificate for several names invites browsers
     * to send one name's requests on another's connection (RFC 9113, section 9.1.1); tunnels share nothing, so they are
     * asked to come again (421). The server's own names are one.
     */
    boolean leadsTo(String host, Set<String> ownHosts) {
        return serverName == null
                || serverName.equals(host)
                || (ownHosts.contains(serverName) && ownHosts.contains(host));
    }
}
