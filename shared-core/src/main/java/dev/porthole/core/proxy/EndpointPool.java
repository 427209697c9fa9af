package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kept connections to apps, per endpoint, the one used last first. At most {@link ProxyLimits#connections} to one
 * endpoint; whoever comes then waits its turn. On the event loop only.
 */
final class EndpointPool {
    /** Whoever asked for a connection. */
    interface Taker {
        /** Whether it still wants one. */
        boolean isWaiting();

        /** Here is one; it is the taker's until {@link #release} or until it closes it. */
        void connected(EndpointConnection connection);

        /** There is none to be had. */
        void failed(Throwable cause);
    }

    /** Connections are shared by all tunnels of an endpoint, but never lend one tunnel's permission to another. */
    private record Target(Endpoint endpoint, boolean linkLocalAllowed) {}

    private record Idle(EndpointConnection connection, ScheduledFuture<?> end) {}

    private final EndpointDialer dialer;
    private final ProxyLimits limits;
    private final Map<Target, Shelf> shelves = new HashMap<>();

    EndpointPool(EndpointDialer dialer, ProxyLimits limits) {
        this.dialer = dialer;
        this.limits = limits;
    }

    /** Gives a connection to {@code taker}, perhaps before this returns. */
    void take(CarriedTunnel tunnel, Taker taker) {
        shelves.computeIfAbsent(target(tunnel), _ -> new Shelf(tunnel)).take(taker);
    }

    /**
     * Takes a connection back whose exchange is complete in both directions.
     *
     * @param last the answer, for the app's own word on how long it keeps the connection
     */
    void release(CarriedTunnel tunnel, EndpointConnection connection, HttpResponse last) {
        connection.detach();
        Shelf shelf = shelves.get(target(tunnel));
        Duration idle = KeepAlive.idleTime(last, limits.idle());
        if (shelf == null || idle.isZero()) {
            connection.close();
        } else {
            shelf.put(connection, idle);
        }
    }

    private static Target target(CarriedTunnel tunnel) {
        return new Target(tunnel.endpoint(), tunnel.linkLocalAllowed());
    }

    /** The connections to one endpoint. */
    private final class Shelf {
        private final CarriedTunnel tunnel;
        private final Deque<Idle> idle = new ArrayDeque<>();
        private final Deque<Taker> waiting = new ArrayDeque<>();
        private int open;

        Shelf(CarriedTunnel tunnel) {
            this.tunnel = tunnel;
        }

        void take(Taker taker) {
            for (Idle kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
                kept.end().cancel(false);
                // One that the app has closed meanwhile is passed over: nothing was written on it yet.
                if (kept.connection().isActive()) {
                    taker.connected(kept.connection());
                    return;
                }
            }
            if (open < limits.connections()) {
                dialFor(taker);
            } else {
                waiting.addLast(taker);
            }
        }

        void put(EndpointConnection connection, Duration idleTime) {
            Taker next = nextWaiting();
            if (next != null && connection.isActive()) {
                next.connected(connection);
                return;
            }
            if (next != null) {
                waiting.addFirst(next);
            }
            if (connection.isActive()) {
                ScheduledFuture<?> end =
                        dialer.loop().schedule(connection::close, idleTime.toMillis(), TimeUnit.MILLISECONDS);
                idle.addFirst(new Idle(connection, end));
            }
        }

        private void dialFor(Taker taker) {
            open++;
            dialer.dial(tunnel, false).addListener((Future<Channel> dialled) -> {
                if (!dialled.isSuccess()) {
                    closed();
                    if (taker.isWaiting()) {
                        taker.failed(dialled.cause());
                    }
                    return;
                }
                EndpointConnection connection = new EndpointConnection(dialled.getNow());
                connection.channel().closeFuture().addListener(_ -> closed());
                if (taker.isWaiting()) {
                    taker.connected(connection);
                } else {
                    put(connection, limits.idle());
                }
            });
        }

        private void closed() {
            open--;
            idle.removeIf(kept -> {
                boolean gone = !kept.connection().isActive();
                if (gone) {
                    kept.end().cancel(false);
                }
                return gone;
            });
            Taker next = nextWaiting();
            if (next != null) {
                dialFor(next);
            } else if (open == 0) {
                shelves.remove(target(tunnel), this);
            }
        }

        private @org.jspecify.annotations.Nullable Taker nextWaiting() {
            Taker next = waiting.pollFirst();
            while (next != null && !next.isWaiting()) {
                next = waiting.pollFirst();
            }
            return next;
        }
    }
}
