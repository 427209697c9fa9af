package dev.porthole.server.relay;

import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.flush.FlushConsolidationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Turns an accepted connection around after its 101: from here the edge is the HTTP/2 client on it.
 *
 * <p>The channel's pipeline must hold nothing of HTTP/1.1 any more. Event loop only. The connection's window refills by
 * itself and each stream's does not: a visitor who stops reading holds back its own stream alone, never the session.
 */
public final class TransposedConnection {
    /** A write of many streams at once should fill a socket's buffer, not wait for it. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private TransposedConnection() {}

    /** Starts the session: preface, settings, windows, control stream, pings. */
    public static void start(Channel channel, SessionGrant grant, Handshake.Asked asked, RelayContext relay) {
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        PeerPing ping = new PeerPing(relay.pingInterval());
        SessionLife life = new SessionLife(ping);
        Multiplexer http2 = new Multiplexer(Multiplexer.Role.CLIENT, relay.http2(), life);
        AgentSession session = new AgentSession(grant, asked.instance(), http2, channel, relay);
        life.session = session;
        // The connection knows better than HTTP/1.1's handler when to flush.
        channel.pipeline().remove(FlushConsolidationHandler.class);
        channel.pipeline().addLast("http2", http2);
        session.start(asked.agentVersion(), String.valueOf(channel.remoteAddress()));
        ping.start(http2, channel.pipeline().context(http2));
        channel.config().setAutoRead(true);
    }

    /** What the connection's own events mean to its session. */
    private static final class SessionLife implements ConnectionListener {
        private final PeerPing ping;
        private @Nullable AgentSession session;

        SessionLife(PeerPing ping) {
            this.ping = ping;
        }

        @Override
        public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
            throw new IllegalStateException("an agent's stream (expected: refused by the connection)");
        }

        @Override
        public void onPong(long data) {
            ping.acknowledged(data);
        }

        @Override
        public void onGoAway() {
            if (session != null) {
                session.agentDrains();
            }
        }

        @Override
        public void onConnectionEnded() {
            ping.stop();
            if (session != null) {
                session.ended();
            }
        }
    }
}
