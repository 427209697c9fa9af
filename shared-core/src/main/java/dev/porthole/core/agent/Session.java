package dev.porthole.core.agent;

import dev.porthole.core.proxy.EdgeStream;
import dev.porthole.core.proxy.LocalProxy;
import dev.porthole.core.proxy.ProbeNonces;
import dev.porthole.core.proxy.StreamHandler;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.PeerWatch;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One live session: HTTP/2's server side over a connection that was turned around, its control stream, its PINGs, and
 * the streams of visitors, which go to the local proxy.
 *
 * <p>Methods without a word on threads are safe from any; what they do happens on the event loop, in order. The futures
 * complete on the event loop.
 */
final class Session implements SessionStreams.Host {
    private static final long CLOSE_MILLIS = 500;

    // PINGs of the session's own, which no PeerWatch counts up to. Their answers say: all that the edge sent before is
    // here, and all that was sent to it before is there.
    private static final long LAST_CALL = Long.MIN_VALUE;
    private static final long GOODBYE = LAST_CALL + 1;

    /** Whoever keeps count of sessions. Called on the event loop. */
    interface Watcher {
        /** What an edge has acknowledged, or the round trip, is another. */
        void changed();

        /** The edge asked on an idle session whether its peer is there. */
        void askedOn(Session session);
    }

    private final Channel channel;
    private final LocalProxy proxy;
    private final Supplier<Set<String>> desired;
    private final Watcher watcher;
    private final SessionStreams streams = new SessionStreams(this);
    private final Multiplexer connection = new Multiplexer(Multiplexer.Role.SERVER, SessionStreams.LIMITS, streams);
    private final ProbeNonces probes = new ProbeNonces();
    private final Announcements announcements;
    private final PeerWatch peer;
    private final CompletableFuture<Session> up = new CompletableFuture<>();
    private final CompletableFuture<String> draining = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private @Nullable ControlStream control;
    private boolean retiring;

    /**
     * Takes over a connection whose handshake is done. On its event loop, before anything more is read.
     *
     * @param desired the tunnels that this session should carry, whenever it is asked
     */
    Session(Channel channel, LocalProxy proxy, AgentLimits limits, Supplier<Set<String>> desired, Watcher watcher) {
        this.channel = channel;
        this.proxy = proxy;
        this.desired = desired;
        this.watcher = watcher;
        this.announcements = new Announcements(this::send);
        this.peer = new PeerWatch(connection, limits.peer(), new Peer());
        channel.pipeline().addLast(connection);
        channel.closeFuture().addListener(_ -> closed());
    }

    /** Completes with this session once the edge has opened its control stream; fails if it ends before. */
    CompletableFuture<Session> up() {
        return up;
    }

    /** Completes with a reason when the edge wants this session replaced. */
    CompletableFuture<String> draining() {
        return draining;
    }

    /** Completes with a reason when this session is over. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** The tunnels that the edge has routes to this session for. */
    Set<String> acknowledged() {
        return announcements.acknowledged();
    }

    /** The last PING's round trip; null before the first. */
    @Nullable
    Duration roundTrip() {
        return peer.roundTrip();
    }

    /**
     * Tells the edge what is carried now where it does not know yet.
     *
     * @param refusedToo whether to ask again for what the edge has refused
     */
    void reconcile(boolean refusedToo) {
        channel.eventLoop().execute(() -> announcements.reconcile(desired.get(), refusedToo));
    }

    /**
     * Takes leave: tells the edge to open no more streams here, takes those that were under way, and ends with the last
     * visitor's stream, after {@code limit} at the latest.
     */
    void retire(String reason, Duration limit) {
        channel.eventLoop().execute(() -> {
            send(new ControlMessage.Drain(reason));
            announcements.reconcile(Set.of(), false);
            // Streams that the edge opened before it read this come before the answer: none of them is cut off.
            connection.ping(LAST_CALL);
            channel.eventLoop().schedule(this::close, limit.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Finds out now whether the edge is still there: the computer slept, or its network changed. */
    void check() {
        channel.eventLoop().execute(peer::askNow);
    }

    /** Ends now: what visitors have not got is reset. */
    void close() {
        ended.complete("The session was closed.");
        channel.close();
    }

    /** Waits until the connection is closed, half a second at most. Not on the event loop. */
    void awaitClosed() {
        awaitClosed(Duration.ofMillis(CLOSE_MILLIS));
    }

    /** Waits until the connection is closed. Not on the event loop. */
    void awaitClosed(Duration limit) {
        boolean _ = channel.closeFuture().awaitUninterruptibly(limit.toMillis());
    }

    // ---- on the event loop, from here on

    @Override
    public StreamHandler open(EdgeStream answer, Http2Headers head, boolean end) {
        if (control == null && isControl(head)) {
            ControlStream opened = new ControlStream(answer, this::received, this::fail);
            control = opened;
            announcements.reconcile(desired.get(), false);
            peer.start(channel.pipeline().context(connection));
            up.complete(this);
            return opened;
        }
        peer.streamOpened();
        return proxy.open(answer, head, end, probes);
    }

    @Override
    public void onPing() {
        peer.onPing();
        if (peer.isIdle()) {
            watcher.askedOn(this);
        }
    }

    /** The edge asked on another session of the same loop. */
    void askToo() {
        peer.askToo();
    }

    @Override
    public void onPong(long content) {
        if (content == LAST_CALL) {
            retiring = true;
            onStreamClosed(connection.activeStreams());
        } else if (content == GOODBYE) {
            close();
        } else {
            peer.onPong(content);
        }
    }

    @Override
    public void onGoAway() {
        draining.complete("The server is about to stop.");
    }

    @Override
    public void onStreamClosed(int active) {
        int visitors = control == null ? active : active - 1;
        if (retiring && visitors <= 0) {
            // Not yet: the last words of the last stream are on their way.
            retiring = false;
            connection.ping(GOODBYE);
        }
    }

    private static boolean isControl(Http2Headers head) {
        return !head.contains(WireHeaders.TUNNEL)
                && head.path() != null
                && Ptth.CONTROL_PATH.contentEquals(head.path())
                && head.method() != null
                && "POST".contentEquals(head.method());
    }

    private void received(ControlMessage message) {
        switch (message) {
            case ControlMessage.Acknowledge answer -> {
                announcements.answered(answer);
                watcher.changed();
            }
            case ControlMessage.Probe(String tunnel, String nonce) -> probes.expect(tunnel, nonce);
            case ControlMessage.Drain(String reason) -> draining.complete(reason);
            // What only agents say, or what a newer edge says: RFC 9110's way with what one does not know.
            case ControlMessage.Announce _ -> {}
            case ControlMessage.Withdraw _ -> {}
            case ControlMessage.Unknown _ -> {}
        }
    }

    private void send(ControlMessage message) {
        if (control != null) {
            control.send(message);
        }
    }

    private void fail(String reason) {
        ended.complete(reason);
        channel.close();
    }

    private void closed() {
        peer.stop();
        announcements.clear();
        ended.complete("The connection to the server broke.");
        up.completeExceptionally(new DialException(
                DialException.Kind.UNREACHABLE, "The server closed the session before it opened its control stream."));
    }

    private final class Peer implements PeerWatch.Listener {
        @Override
        public void measured(Duration roundTrip) {
            watcher.changed();
        }

        @Override
        public void dead(String reason) {
            fail(reason);
        }
    }
}
