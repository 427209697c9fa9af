package dev.porthole.server.edge;

import dev.porthole.server.edge.tls.PinnedDial;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.PendingProbes;
import dev.porthole.server.relay.Prober;
import dev.porthole.server.relay.RelayContext;
import dev.porthole.server.relay.RequestProber;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.relay.Sessions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The public side of the server: one listener for visitors and agents, on one event loop. Visitors and sessions share
 * it, so that a request passes from one to the other without changing threads.
 *
 * <p>All methods are safe from any thread but the event loop; {@link #close} blocks.
 */
public final class Edge implements AutoCloseable {
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    private static final int LOOP_END_SECONDS = 5;
    private static final int BACKLOG = 4096;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    private final EdgeSettings settings;
    private final EventLoopGroup loops;
    private final ChannelGroup visitors;
    private final Sessions sessions = new Sessions();
    private final PendingProbes probes = new PendingProbes();
    private final Channel listener;
    private final @Nullable Channel plainListener;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Edge(EdgeSettings settings, RouteTable routes, SessionAuthority authority, SessionEvents events)
            throws InterruptedException {
        this.settings = settings;
        Transport transport = Transport.best();
        this.loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        this.visitors = new DefaultChannelGroup(loops.next());
        ForwardedFields forwarded = new ForwardedFields(settings.trustedProxies());
        RelayContext relay =
                new RelayContext(sessions, authority, events, settings.times().ping());
        VisitorRouter router = new VisitorRouter(
                settings,
                routes,
                probes,
                new TunnelExchange.Surroundings(sessions, new RequestFields(forwarded), settings.times()),
                new ControlPlaneExchange.Upstream(
                        settings.controlPlane(), settings.controlPlaneSecret(), transport.client(), forwarded),
                new ConnectExchange.Relay(relay, open::get, visitors));
        try {
            this.listener =
                    listen(transport, settings.bind(), new VisitorPipeline(Reception.of(router, settings), visitors));
            this.plainListener = listenForPlain(transport);
        } catch (InterruptedException | RuntimeException failed) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw failed;
        }
    }

    private Channel listen(Transport transport, InetSocketAddress address, ChannelInitializer<Channel> pipeline)
            throws InterruptedException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childHandler(pipeline)
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            // sync() would throw what is in there as it is: a checked exception that no signature names.
            throw new UncheckedIOException(
                    address.getHostString() + ":" + address.getPort() + ": can't listen there",
                    bound.cause() instanceof IOException io ? io : new IOException(bound.cause()));
        }
        return bound.channel();
    }

    /** The plain port that leads to the one with TLS; null if none was asked for. */
    private @Nullable Channel listenForPlain(Transport transport) throws InterruptedException {
        EdgeSettings.Tls tls = settings.tls();
        InetSocketAddress plain = tls == null ? null : tls.redirectFrom();
        if (tls == null || plain == null) {
            return null;
        }
        Routing redirect =
                HttpsRedirect.toPort(settings, tls.redirectTo() == 0 ? address().getPort() : tls.redirectTo());
        return listen(transport, plain, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                visitors.add(channel);
                Http1Visitor.add(channel.pipeline(), Entrance.PLAIN, redirect, settings);
            }
        });
    }

    /**
     * Opens the listener; visitors are served when this returns.
     *
     * @throws UncheckedIOException if the address can't be bound
     */
    public static Edge start(
            EdgeSettings settings, RouteTable routes, SessionAuthority authority, SessionEvents events) {
        try {
            return new Edge(settings, routes, authority, events);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the edge started", interrupted);
        }
    }

    /** Where visitors come in, with the port that was taken. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Where plain HTTP is led to TLS, with the port that was taken; null if nowhere. */
    public @Nullable InetSocketAddress plainAddress() {
        return plainListener == null ? null : (InetSocketAddress) plainListener.localAddress();
    }

    /** Finds out whether tunnels answer through this edge. */
    public Prober prober() {
        EdgeSettings.Tls tls = settings.tls();
        return new RequestProber(
                new RequestProber.Listener(
                        address(), settings.tunnelDomain(), tls == null ? null : new PinnedDial(tls.certificates())),
                listener.eventLoop(),
                sessions,
                probes,
                PROBE_LIMIT);
    }

    /** Ends the sessions whose grant is meant, with all of their streams. Returns at once. */
    public void endSessions(Predicate<SessionGrant> which) {
        listener.eventLoop()
                .execute(() -> sessions.all().stream()
                        .filter(session -> which.test(session.grant()))
                        .forEach(AgentSession::close));
    }

    /**
     * Stops: no new connections, agents are told to go elsewhere, exchanges that run may finish for
     * {@link EdgeSettings.Times#shutdown}, and then everything is closed.
     */
    @Override
    public void close() {
        if (!open.compareAndSet(true, false)) {
            loops.terminationFuture().awaitUninterruptibly();
            return;
        }
        listener.close().awaitUninterruptibly();
        if (plainListener != null) {
            plainListener.close().awaitUninterruptibly();
        }
        EventLoop loop = listener.eventLoop();
        loop.submit(this::drain).awaitUninterruptibly();
        visitors.newCloseFuture()
                .awaitUninterruptibly(settings.times().shutdown().toMillis());
        visitors.close().awaitUninterruptibly();
        loop.submit(() -> sessions.all().forEach(AgentSession::close)).awaitUninterruptibly();
        loops.shutdownGracefully(0, LOOP_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void drain() {
        sessions.all().forEach(session -> session.drain("the server stops"));
        for (Channel connection : visitors) {
            Http1Visitor http1 = connection.pipeline().get(Http1Visitor.class);
            Http2Connection http2 = connection.pipeline().get(Http2Connection.class);
            if (http1 != null) {
                http1.drain();
            } else if (http2 != null) {
                http2.drain();
            } else if (connection.pipeline().get(UpgradedConnection.class) == null) {
                // Nothing but a handshake is under way.
                connection.close();
            }
        }
    }
}
