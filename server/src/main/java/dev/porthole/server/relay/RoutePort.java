package dev.porthole.server.relay;

import java.net.InetSocketAddress;

/**
 * The port that is a tunnel's own.
 *
 * @param listen where its visitors come in
 * @param nearbyOnly whether only visitors of this computer's own networks may come
 */
public record RoutePort(InetSocketAddress listen, boolean nearbyOnly) {
    /** The port's number. */
    public int number() {
        return listen.getPort();
    }
}
