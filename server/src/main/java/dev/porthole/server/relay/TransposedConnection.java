package dev.porthole.server.relay;

import dev.porthole.core.wire.GatheredWrites;
import dev.porthole.core.wire.WebSocketCarrier;
import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.PeerWatch;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns an accepted connection around after its 101: from here the edge is the HTTP/2 client on it.
 *
 * <p>The channel's pipeline must hold nothing of HTTP/1.1 any more. Event loop only. The connection's window refills by
 * itself and each stream's does not: a visitor who stops reading holds back its own stream alone, never the session.
 */
public final class TransposedConnection {
    /** A write of many streams at once should fill a socket's buffer, not wait for it. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private static final Logger LOG = LoggerFactory.getLogger(TransposedConnection.class);

    private TransposedConnection() {}

    /**
     * Starts the session: preface, settings, windows, control stream, pings.
     *
     * @param address where the agent is, without a port
     */
    public static void start(
            Channel channel, SessionGrant grant, Handshake.Asked asked, String address, RelayContext relay) {
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        SessionLife life = new SessionLife();
        Multiplexer http2 = new Multiplexer(Multiplexer.Role.CLIENT, relay.http2(), life);
        PeerWatch peer = new PeerWatch(http2, relay.peer(), life);
        AgentSession session = new AgentSession(grant, asked.instance(), http2, peer, channel, relay);
        life.session = session;
        life.peer = peer;
        // The connection knows better than HTTP/1.1's handler when to flush.
        channel.pipeline().remove(GatheredWrites.class);
        if (asked.webSocketKey() != null) {
            WebSocketCarrier.addTo(channel.pipeline(), false);
        }
        channel.pipeline().addLast("http2", http2);
        if (http2.isOver()) {
            return;
        }
        session.start(asked.agentVersion(), address);
        peer.start(channel.pipeline().context(http2));
        channel.config().setAutoRead(true);
    }

    /** What the connection's own events mean to its session. */
    private static final class SessionLife implements ConnectionListener, PeerWatch.Listener {
        private @Nullable AgentSession session;
        private @Nullable PeerWatch peer;

        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            throw new IllegalStateException("an agent's stream (expected: refused by the connection)");
        }

        @Override
        public void onPing() {
            if (peer != null) {
                peer.onPing();
            }
        }

        @Override
        public void onPong(long data) {
            if (peer != null) {
                peer.onPong(data);
            }
        }

        @Override
        public void onGoAway() {
            if (session != null) {
                session.agentDrains();
            }
        }

        @Override
        public void onConnectionEnded() {
            if (peer != null) {
                peer.stop();
            }
            if (session != null) {
                session.ended();
            }
        }

        @Override
        public void measured(Duration roundTrip) {
            LOG.debug("{}: round trip {}", session, roundTrip);
        }

        @Override
        public void dead(String reason) {
            LOG.info("{} is dead: {}", session, reason);
            if (session != null) {
                session.close();
            }
        }
    }
}
