package dev.porthole.server.relay;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.UnindexedFields;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
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
    private static final Logger LOG = LoggerFactory.getLogger(TransposedConnection.class);

    /** A write of many streams at once should fill a socket's buffer, not wait for it. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private static final float WINDOW_UPDATE_RATIO = 0.5f;
    private static final int RESETS_PER_WINDOW = 1000;
    private static final int RESET_WINDOW_SECONDS = 10;

    private TransposedConnection() {}

    /** Starts the session: preface, settings, windows, control stream, pings. */
    public static void start(Channel channel, SessionGrant grant, Handshake.Asked asked, RelayContext relay)
            throws Http2Exception {
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        Http2Connection connection = new DefaultHttp2Connection(false);
        connection.local().flowController(new DefaultHttp2LocalFlowController(connection, WINDOW_UPDATE_RATIO, true));
        PeerPing ping = new PeerPing(relay.pingInterval());
        SessionLife life = new SessionLife(ping);
        SessionFrames frames = new SessionFrames(connection, ping::acknowledged, life::goAway);
        Http2ConnectionHandler http2 = new Http2ConnectionHandlerBuilder()
                .connection(connection)
                .frameListener(frames)
                .initialSettings(settings())
                .headerSensitivityDetector(UnindexedFields.INSTANCE)
                .decoupleCloseAndGoAway(true)
                .encoderEnforceMaxConcurrentStreams(false)
                .decoderEnforceMaxRstFramesPerWindow(RESETS_PER_WINDOW, RESET_WINDOW_SECONDS)
                .build();
        channel.pipeline().addLast("http2", http2).addLast("session", life);
        connection.remote().flowController().listener(frames);
        connection
                .local()
                .flowController()
                .incrementWindowSize(connection.connectionStream(), Ptth.CONNECTION_WINDOW_BYTES);
        ChannelHandlerContext context = channel.pipeline().context(http2);
        AgentSession session = new AgentSession(grant, asked.instance(), http2, context, frames, relay);
        life.session = session;
        session.start(asked.agentVersion(), String.valueOf(channel.remoteAddress()));
        ping.start(http2, context);
        channel.config().setAutoRead(true);
    }

    private static Http2Settings settings() {
        return new Http2Settings()
                .pushEnabled(false)
                .maxConcurrentStreams(0)
                .initialWindowSize(Ptth.STREAM_WINDOW_BYTES)
                .maxFrameSize(Ptth.MAX_FRAME_BYTES)
                .maxHeaderListSize(Ptth.MAX_HEADER_LIST_BYTES);
    }

    /** Ends the session when its connection ends. */
    private static final class SessionLife extends ChannelInboundHandlerAdapter {
        private final PeerPing ping;
        private @Nullable AgentSession session;

        SessionLife(PeerPing ping) {
            this.ping = ping;
        }

        void goAway() {
            if (session != null) {
                session.agentDrains();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("a session's connection failed", cause);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ping.stop();
            if (session != null) {
                session.ended();
            }
            context.fireChannelInactive();
        }
    }
}
