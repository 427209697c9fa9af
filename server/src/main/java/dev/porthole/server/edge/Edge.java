package dev.porthole.server.edge;

import dev.porthole.core.wire.http2.PeerWatch;
import dev.porthole.server.edge.tls.PinnedDial;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.PendingProbes;
import dev.porthole.server.relay.PortProbes;
import dev.porthole.server.relay.Prober;
import dev.porthole.server.relay.RelayContext;
import dev.porthole.server.relay.RequestProber;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.relay.Sessions;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The public side of the server: one listener for visitors and agents, and one for each tunnel's own port, on one event
 * loop. Visitors and sessions share it, so that a request passes from one to the other without changing threads.
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
    private final ChannelGroup agents;
    private final Crowd crowd;
    private final Sessions sessions = new Sessions();
    private final PendingProbes probes = new PendingProbes();
    private final PortProbes portProbes = new PortProbes();
    private final TunnelPorts ports;
    private final Transport transport;
    private final Channel listener;
    private final @Nullable Channel plainListener;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Edge(EdgeSettings settings, RouteTable routes, SessionAuthority authority, SessionEvents events)
            throws InterruptedException {
        this.settings = settings;
        this.transport = Transport.best();
        this.loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        this.visitors = new DefaultChannelGroup(loops.next());
        this.agents = new DefaultChannelGroup(loops.next());
        ForwardedFields forwarded = new ForwardedFields(settings.trustedProxies());
        ClientAddress clients =
                new ClientAddress(settings.trustedProxies(), settings.shares().notCounted());
        this.crowd = new Crowd(settings.shares(), clients, Edge::isIdle);
        RelayContext relay = new RelayContext(
                sessions,
                authority,
                events,
                PeerWatch.Times.every(settings.times().ping()),
                settings.sessions().http2());
        VisitorRouter router = new VisitorRouter(
                settings,
                routes,
                probes,
                new TunnelExchange.Surroundings(
                        sessions,
                        new RequestFields(forwarded),
                        settings.times(),
                        AnswerBacklog.of(settings.shares()),
                        new RequestTurns(loops.next(), System::nanoTime)),
                new ControlPlaneExchange.Upstream(
                        settings.controlPlane(), settings.controlPlaneSecret(), transport.client(), forwarded),
                new ConnectExchange.Relay(relay, open::get, visitors, agents, clients),
                new Rates(settings.shares(), clients, Ticker.systemTicker()));
        Reception reception = Reception.of(router, settings);
        PortVisitors portVisitors = new PortVisitors(
                settings,
                sessions,
                probes,
                portProbes,
                crowd,
                (channel, own) -> channel.pipeline()
                        .addLast(new VisitorPipeline(reception.atPort(router.at(own)), visitors, crowd)));
        this.ports = new TunnelPorts(loops.next(), this::listener, (route, channel) -> {
            visitors.add(channel);
            return portVisitors.admit(route, channel);
        });
        try {
            this.listener = listen(settings.bind(), new VisitorPipeline(reception, visitors, crowd));
            this.plainListener = listenForPlain();
            routes.watch(ports);
        } catch (InterruptedException | RuntimeException failed) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw failed;
        }
    }

    private Channel listen(InetSocketAddress address, ChannelInitializer<Channel> pipeline)
            throws InterruptedException {
        ChannelFuture bound = listener(pipeline).bind(address).await();
        if (!bound.isSuccess()) {
            // sync() would throw what is in there as it is: a checked exception that no signature names.
            throw new UncheckedIOException(
                    address.getHostString() + ":" + address.getPort() + ": can't listen there",
                    bound.cause() instanceof IOException io ? io : new IOException(bound.cause()));
        }
        return bound.channel();
    }

    /** The plain port that leads to the one with TLS; null if none was asked for. */
    private @Nullable Channel listenForPlain() throws InterruptedException {
        EdgeSettings.Tls tls = settings.tls();
        InetSocketAddress plain = tls == null ? null : tls.redirectFrom();
        if (tls == null || plain == null) {
            return null;
        }
        Routing redirect =
                HttpsRedirect.toPort(settings, tls.redirectTo() == 0 ? address().getPort() : tls.redirectTo());
        return listen(plain, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                visitors.add(channel);
                EdgePage refusal = crowd.enter(channel);
                if (refusal == null) {
                    Http1Connection.add(channel.pipeline(), Entrance.PLAIN, redirect, settings);
                } else {
                    TurnedAway.say(refusal, channel);
                }
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

    /** What all listeners share. */
    private ServerBootstrap listener(ChannelHandler connections) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // TCP_NODELAY is Netty's own default: saying it again is a system call more for each visitor.
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childHandler(connections);
    }

    /** Where visitors come in, with the port that was taken. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Where plain HTTP is led to TLS, with the port that was taken; null if nowhere. */
    public @Nullable InetSocketAddress plainAddress() {
        return plainListener == null ? null : (InetSocketAddress) plainListener.localAddress();
    }

    /** Where a tunnel's own port is open: {@link dev.porthole.server.relay.PortListeners#listening}. */
    CompletableFuture<InetSocketAddress> listening(TunnelRoute route) {
        return ports.listening(route);
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
                ports,
                portProbes,
                PROBE_LIMIT);
    }

    /**
     * What is open now.
     *
     * @param connections of visitors and agents
     * @param sessions that live
     * @param streams on them, the control streams too
     */
    public record Load(int connections, int sessions, int streams) {}

    /** What is open at this moment. Waits for the event loop. */
    public Load load() {
        return listener.eventLoop()
                .submit(() -> new Load(
                        visitors.size(),
                        sessions.all().size(),
                        sessions.all().stream().mapToInt(AgentSession::load).sum()))
                .syncUninterruptibly()
                .getNow();
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
        // The loop may end without a look at what is still open: nothing may be.
        agents.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, LOOP_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static boolean isIdle(Channel connection) {
        Http1Connection http1 = connection.pipeline().get(Http1Connection.class);
        Http2Connection http2 = connection.pipeline().get(Http2Connection.class);
        return http1 != null ? http1.isIdle() : http2 != null && http2.isIdle();
    }

    private void drain() {
        ports.stopListening();
        sessions.all().forEach(session -> session.drain("the server stops"));
        for (Channel connection : visitors) {
            Http1Connection http1 = connection.pipeline().get(Http1Connection.class);
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
