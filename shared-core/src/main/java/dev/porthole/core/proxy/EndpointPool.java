package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Kept connections to apps, per endpoint. At most {@link ProxyLimits#connections} to one endpoint; whoever comes then
 * waits its turn. On the event loop only.
 */
final class EndpointPool {
    /** Whoever asked for a connection. */
    interface Taker {
        /** Whether it still wants one. */
        boolean isWaiting();

        /** Here is one; it is the taker's until {@link #release} or until it closes it. */
        void connected(EndpointConnection connection);

        /** Here is one that takes a stream now, and that others use too. Only where HTTP/2 may be spoken. */
        default void connected(EndpointHttp2 connection) {
            throw new IllegalStateException("HTTP/2 to someone who has no words for it");
        }

        /** There is none to be had. */
        void failed(Throwable cause);
    }

    /** Connections are shared by all tunnels of an endpoint, but never lend one tunnel's permission to another. */
    private record Target(Endpoint endpoint, boolean linkLocalAllowed, EndpointCertificate certificate) {
        static Target of(CarriedTunnel tunnel) {
            return new Target(tunnel.endpoint(), tunnel.linkLocalAllowed(), tunnel.certificate());
        }
    }

    private final EndpointDialer dialer;
    private final ProxyLimits limits;
    private final Map<Target, EndpointShelf> shelves = new HashMap<>();

    EndpointPool(EndpointDialer dialer, ProxyLimits limits) {
        this.dialer = dialer;
        this.limits = limits;
    }

    /** Gives a connection to {@code taker}, perhaps before this returns. */
    void take(CarriedTunnel tunnel, Taker taker) {
        Target target = Target.of(tunnel);
        EndpointShelf shelf = shelves.get(target);
        if (shelf == null) {
            shelf = new EndpointShelf(tunnel, dialer, limits, () -> shelves.remove(target));
            shelves.put(target, shelf);
        }
        shelf.take(taker);
    }

    /** Whether a connection is up over which the app takes upgrades as streams (RFC 8441). */
    boolean hasStreamsForUpgrades(CarriedTunnel tunnel) {
        EndpointShelf shelf = shelves.get(Target.of(tunnel));
        return shelf != null && shelf.hasStreamsForUpgrades();
    }

    /**
     * Takes a connection back whose exchange is complete in both directions.
     *
     * @param last the answer, for the app's own word on how long it keeps the connection
     */
    void release(CarriedTunnel tunnel, EndpointConnection connection, HttpResponse last) {
        connection.detach();
        EndpointShelf shelf = shelves.get(Target.of(tunnel));
        Duration idle = KeepAlive.idleTime(last, limits.idle());
        if (shelf == null || idle.isZero()) {
            connection.close();
        } else {
            shelf.put(connection, idle);
        }
    }
}
