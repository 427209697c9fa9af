package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint.Scheme;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one endpoint: HTTP/1.1's, the one used last first, and HTTP/2's, the oldest first as long as it
 * takes more. Where HTTP/2 may be spoken, those who come while the first connection is made wait for what it turns out
 * to be, since it may serve them all. On the event loop only.
 */
final class EndpointShelf {
    private enum Spoken {
        UNKNOWN,
        HTTP_1_1,
        HTTP_2
    }

    private final CarriedTunnel tunnel;
    private final EndpointDialer dialer;
    private final ProxyLimits limits;
    private final Runnable emptied;
    private final Deque<EndpointConnection> idle = new ArrayDeque<>();
    private final List<EndpointHttp2> shared = new ArrayList<>(0);
    private final Deque<EndpointPool.Taker> waiting = new ArrayDeque<>();
    private Spoken spoken;
    private int open;
    private int dialling;
    private boolean servingSoon;

    /** {@code emptied} is told when nothing is left of it. */
    EndpointShelf(CarriedTunnel tunnel, EndpointDialer dialer, ProxyLimits limits, Runnable emptied) {
        this.tunnel = tunnel;
        this.dialer = dialer;
        this.limits = limits;
        this.emptied = emptied;
        this.spoken = switch (tunnel.endpoint().scheme()) {
            case H2C -> Spoken.HTTP_2;
            case HTTPS -> Spoken.UNKNOWN;
            case HTTP, TCP, FILE -> Spoken.HTTP_1_1;
        };
    }

    void take(EndpointPool.Taker taker) {
        if (!serve(taker)) {
            if (mayDial()) {
                dialFor(taker);
            } else {
                waiting.addLast(taker);
            }
        }
    }

    boolean hasStreamsForUpgrades() {
        return shared.stream().anyMatch(connection -> connection.takesStreams() && connection.takesUpgrades());
    }

    /** Keeps a connection that is free for so long, or gives it to who waits for one. */
    void put(EndpointConnection connection, Duration idleTime) {
        EndpointPool.Taker next = nextWaiting();
        if (next != null && connection.isActive()) {
            next.connected(connection);
            return;
        }
        if (next != null) {
            waiting.addFirst(next);
        }
        if (connection.isActive()) {
            connection.keepFor(idleTime);
            idle.addFirst(connection);
        }
    }

    private boolean serve(EndpointPool.Taker taker) {
        for (EndpointHttp2 connection : shared) {
            if (connection.takesStreams()) {
                taker.connected(connection);
                return true;
            }
        }
        for (EndpointConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            // One that the app has closed meanwhile is passed over: nothing was written on it yet.
            if (kept.isActive()) {
                taker.connected(kept);
                return true;
            }
        }
        return false;
    }

    private boolean mayDial() {
        boolean mayBeServedByAnother = spoken != Spoken.HTTP_1_1 && dialling > 0;
        return open < limits.connections() && !mayBeServedByAnother;
    }

    private void dialFor(EndpointPool.Taker taker) {
        open++;
        dialling++;
        dialer.dial(tunnel, EndpointDialer.Purpose.REQUESTS).addListener((Future<Channel> dialled) -> {
            if (!dialled.isSuccess()) {
                failed(taker, dialled.cause());
            } else if (tunnel.endpoint().scheme() == Scheme.H2C || EndpointDialer.speaksHttp2(dialled.getNow())) {
                EndpointHttp2.begin(dialled.getNow(), tunnel.endpoint(), limits.dial())
                        .addListener((Future<EndpointHttp2> begun) -> {
                            if (begun.isSuccess()) {
                                connected(begun.getNow(), taker);
                            } else {
                                failed(taker, begun.cause());
                            }
                        });
            } else {
                connected(new EndpointConnection(dialled.getNow()), taker);
            }
        });
    }

    private void connected(EndpointConnection connection, EndpointPool.Taker taker) {
        dialling--;
        spoken = Spoken.HTTP_1_1;
        connection.channel().closeFuture().addListener(_ -> closed());
        if (taker.isWaiting()) {
            taker.connected(connection);
        } else {
            put(connection, limits.idle());
        }
        serveWaiting();
    }

    private void connected(EndpointHttp2 connection, EndpointPool.Taker taker) {
        dialling--;
        spoken = Spoken.HTTP_2;
        shared.add(connection);
        connection.channel().closeFuture().addListener(_ -> {
            shared.remove(connection);
            closed();
        });
        connection.whenRoomIsMade(this::serveSoon);
        if (taker.isWaiting()) {
            if (connection.takesStreams()) {
                taker.connected(connection);
            } else {
                waiting.addFirst(taker);
            }
        }
        serveWaiting();
    }

    /** What one dial found holds for all who wait for what it brings. */
    private void failed(EndpointPool.Taker taker, Throwable cause) {
        dialling--;
        List<EndpointPool.Taker> disappointed = new ArrayList<>(List.of(taker));
        if (spoken != Spoken.HTTP_1_1 && shared.isEmpty()) {
            disappointed.addAll(waiting);
            waiting.clear();
        }
        closed();
        disappointed.stream().filter(EndpointPool.Taker::isWaiting).forEach(each -> each.failed(cause));
    }

    private void closed() {
        open--;
        idle.removeIf(kept -> !kept.isActive());
        serveWaiting();
        if (open == 0 && waiting.isEmpty()) {
            emptied.run();
        }
    }

    /** Not now: a stream that ends is in the middle of something. */
    private void serveSoon() {
        if (!waiting.isEmpty() && !servingSoon) {
            servingSoon = true;
            dialer.loop().execute(() -> {
                servingSoon = false;
                serveWaiting();
            });
        }
    }

    private void serveWaiting() {
        for (EndpointPool.Taker next = nextWaiting(); next != null; next = nextWaiting()) {
            if (!serve(next)) {
                if (!mayDial()) {
                    waiting.addFirst(next);
                    return;
                }
                dialFor(next);
            }
        }
    }

    private EndpointPool.@Nullable Taker nextWaiting() {
        EndpointPool.Taker next = waiting.pollFirst();
        while (next != null && !next.isWaiting()) {
            next = waiting.pollFirst();
        }
        return next;
    }
}
