package dev.porthole.server.edge;

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
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The public side of the server: one listener for visitors and agents, on one event loop. Visitors and sessions share
 * it, so that a request passes from one to the other without changing threads.
 *
 * <p>All methods are safe from any thread but the event loop; {@link #close} blocks.
 */
public final class Edge implements AutoCloseable {
    /**
     * Flushes of one turn of the event loop that become one, at most. Few: the other end begins on the first streams of
     * a turn while this end still works on the last ones. Held for a whole turn, both ends wait for each other in
     * lockstep.
     */
    private static final int FLUSHES_HELD = 8;

    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 * 1024, 256 * 1024);
    private static final int LOOP_END_SECONDS = 5;
    private static final int BACKLOG = 4096;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    private final EdgeSettings settings;
    private final EventLoopGroup loops;
    private final ChannelGroup visitors;
    private final Crowd crowd;
    private final Sessions sessions = new Sessions();
    private final PendingProbes probes = new PendingProbes();
    private final Channel listener;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Edge(EdgeSettings settings, RouteTable routes, SessionAuthority authority, SessionEvents events)
            throws InterruptedException {
        this.settings = settings;
        Transport transport = Transport.best();
        this.loops = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        this.visitors = new DefaultChannelGroup(loops.next());
        ForwardedFields forwarded = new ForwardedFields(settings.trustedProxies());
        ClientAddress clients =
                new ClientAddress(settings.trustedProxies(), settings.shares().notCounted());
        this.crowd = new Crowd(settings.shares(), clients, Edge::isIdle);
        RelayContext relay = new RelayContext(
                sessions,
                authority,
                events,
                settings.times().ping(),
                settings.sessions().http2());
        VisitorRouter router = new VisitorRouter(
                settings,
                routes,
                probes,
                new TunnelExchange.Surroundings(
                        sessions, new RequestFields(forwarded), settings.times(), AnswerBacklog.of(settings.shares())),
                new ControlPlaneExchange.Upstream(
                        settings.controlPlane(), settings.controlPlaneSecret(), transport.client(), forwarded),
                new ConnectExchange.Relay(relay, open::get, visitors),
                new Rates(settings.shares(), clients, Ticker.systemTicker()));
        try {
            ChannelFuture bound = new ServerBootstrap()
                    .group(loops)
                    .channel(transport.server())
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                    .childHandler(new VisitorPipeline(router))
                    .bind(settings.bind())
                    .await();
            if (!bound.isSuccess()) {
                // sync() would throw what is in there as it is: a checked exception that no signature names.
                throw new UncheckedIOException(
                        settings.bind().getHostString() + ":" + settings.bind().getPort() + ": can't listen there",
                        bound.cause() instanceof IOException io ? io : new IOException(bound.cause()));
            }
            this.listener = bound.channel();
        } catch (InterruptedException | RuntimeException failed) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw failed;
        }
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

    /** Finds out whether tunnels answer through this edge. */
    public Prober prober() {
        return new RequestProber(
                address(), settings.tunnelDomain(), listener.eventLoop(), sessions, probes, PROBE_LIMIT);
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
        EventLoop loop = listener.eventLoop();
        loop.submit(this::drain).awaitUninterruptibly();
        visitors.newCloseFuture()
                .awaitUninterruptibly(settings.times().shutdown().toMillis());
        visitors.close().awaitUninterruptibly();
        loop.submit(() -> sessions.all().forEach(AgentSession::close)).awaitUninterruptibly();
        loops.shutdownGracefully(0, LOOP_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static boolean isIdle(Channel connection) {
        Http1Visitor visitor = connection.pipeline().get(Http1Visitor.class);
        return visitor != null && visitor.isIdle();
    }

    private void drain() {
        sessions.all().forEach(session -> session.drain("the server stops"));
        for (Channel connection : visitors) {
            Http1Visitor visitor = connection.pipeline().get(Http1Visitor.class);
            if (visitor != null) {
                visitor.drain();
            }
        }
    }

    /** The handlers of a connection before anything is known of it. */
    private final class VisitorPipeline extends ChannelInitializer<Channel> {
        private final VisitorRouter router;

        VisitorPipeline(VisitorRouter router) {
            this.router = router;
        }

        @Override
        protected void initChannel(Channel channel) {
            visitors.add(channel);
            EdgePage refusal = crowd.enter(channel);
            if (refusal != null) {
                TurnedAway.say(refusal, channel);
                return;
            }
            StrictRequestDecoder decoder = new StrictRequestDecoder(settings.limits());
            channel.pipeline()
                    .addLast(new FlushConsolidationHandler(FLUSHES_HELD, true))
                    .addLast(decoder)
                    .addLast(new HttpResponseEncoder())
                    .addLast(new Http1Visitor(
                            router, decoder, settings.times(), settings.limits().requests()));
        }
    }
}
