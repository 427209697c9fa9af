package dev.porthole.server.edge;

import dev.porthole.server.relay.PortListeners;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one listener for each tunnel that is turned on and has a port of its own. With its listener a port's visitors
 * go too: who may not come any more may not stay.
 *
 * <p>What it is told from outside it does on the event loop, which nothing else here leaves. A port that can't be
 * opened is tried again whenever someone asks for it, such as a probe.
 */
final class TunnelPorts implements RouteTable.Watcher, PortListeners {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelPorts.class);

    private final EventLoop loop;
    private final Function<ChannelHandler, ServerBootstrap> listeners;
    private final BiFunction<TunnelRoute, Channel, Boolean> admission;
    private final Map<String, Open> open = new HashMap<>();
    private final Set<Integer> complained = new HashSet<>();
    private boolean closed;

    /** A port that is open, or about to be. */
    private record Open(TunnelRoute route, RoutePort port, ChannelFuture bound, ChannelGroup visitors) {
        void close() {
            bound.channel().close();
            visitors.forEach(visitor -> new Farewell(visitor).reset());
        }
    }

    /**
     * @param listeners makes a listener's bootstrap, given what a connection begins with
     * @param admission gives a new connection of a tunnel its handlers, or says that it may not come
     */
    TunnelPorts(
            EventLoop loop,
            Function<ChannelHandler, ServerBootstrap> listeners,
            BiFunction<TunnelRoute, Channel, Boolean> admission) {
        this.loop = loop;
        this.listeners = listeners;
        this.admission = admission;
    }

    @Override
    public void put(TunnelRoute route) {
        follow(route, route.enabled() ? route.port() : null);
    }

    @Override
    public void removed(TunnelRoute route) {
        follow(route, null);
    }

    private void follow(TunnelRoute route, @Nullable RoutePort wanted) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> reconcile(route, wanted));
        }
    }

    @Override
    public CompletableFuture<InetSocketAddress> listening(TunnelRoute route) {
        CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
        loop.execute(() -> {
            Open now = reconcile(route, route.enabled() ? route.port() : null);
            if (now == null) {
                address.completeExceptionally(new IOException("the tunnel is turned off"));
                return;
            }
            now.bound().addListener(_ -> {
                if (now.bound().isSuccess()) {
                    address.complete((InetSocketAddress) now.bound().channel().localAddress());
                } else {
                    address.completeExceptionally(now.bound().cause());
                }
            });
        });
        return address;
    }

    /** No new visitors at any port; those who are there stay. Event loop only. */
    void stopListening() {
        closed = true;
        open.values().forEach(one -> one.bound().channel().close());
        open.clear();
    }

    private @Nullable Open reconcile(TunnelRoute route, @Nullable RoutePort wanted) {
        Open before = open.get(route.tunnel());
        if (before != null && before.port().equals(wanted) && before.route().overTcp() == route.overTcp()) {
            return before;
        }
        if (before != null) {
            open.remove(route.tunnel());
            before.close();
        }
        return wanted == null || closed ? null : open(route, wanted);
    }

    private Open open(TunnelRoute route, RoutePort port) {
        ChannelGroup visitors = new DefaultChannelGroup(loop);
        ChannelFuture bound = listeners
                .apply(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        visitors.add(channel);
                        if (!admission.apply(route, channel)) {
                            new Farewell(channel).reset();
                        }
                    }
                })
                .bind(port.listen());
        Open now = new Open(route, port, bound, visitors);
        open.put(route.tunnel(), now);
        bound.addListener(_ -> settled(now));
        return now;
    }

    private void settled(Open one) {
        if (one.bound().isSuccess()) {
            complained.remove(one.port().number());
            return;
        }
        if (open.remove(one.route().tunnel(), one) && complained.add(one.port().number())) {
            LOG.warn(
                    "port {} of the tunnel {} can't be opened, and is tried again: {}",
                    one.port().number(),
                    one.route().name(),
                    String.valueOf(one.bound().cause()));
        }
    }
}
