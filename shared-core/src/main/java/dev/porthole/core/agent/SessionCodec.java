package dev.porthole.core.agent;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.UnindexedFields;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * HTTP/2's server side on a connection that we dialled, with the windows and limits of {@link Ptth}.
 *
 * <p>The session's own window is refilled as bytes arrive and each stream's as its app takes them: an app that does not
 * read holds back its own stream and no other.
 */
final class SessionCodec extends Http2ConnectionHandler {
    private static final float WINDOW_UPDATE_RATIO = 0.5f;
    // One session carries many visitors, and each who leaves is an RST_STREAM. The edge limits them one by one.
    private static final int RESETS = 20_000;
    private static final int RESETS_SECONDS = 10;

    private long lastRead = System.nanoTime();

    private SessionCodec(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
        super(decoder, encoder, settings);
    }

    /** A codec that tells {@code listener} of frames. */
    static SessionCodec of(Http2FrameListener listener) {
        Http2Connection connection = new DefaultHttp2Connection(true);
        connection.local().flowController(new DefaultHttp2LocalFlowController(connection, WINDOW_UPDATE_RATIO, true));
        return new Builder(connection, listener).build();
    }

    /** When bytes last came, as {@link System#nanoTime}. */
    long lastRead() {
        return lastRead;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        widen(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        lastRead = System.nanoTime();
        super.channelRead(ctx, message);
    }

    private void widen(ChannelHandlerContext ctx) throws Http2Exception {
        connection()
                .local()
                .flowController()
                .incrementWindowSize(connection().connectionStream(), Ptth.CONNECTION_WINDOW_BYTES);
        flush(ctx);
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<SessionCodec, Builder> {
        Builder(Http2Connection connection, Http2FrameListener listener) {
            connection(connection);
            frameListener(listener);
            validateHeaders(true);
            headerSensitivityDetector(UnindexedFields.INSTANCE);
            // Closing closes: whoever lets streams finish first waits for them itself (Session.retire).
            gracefulShutdownTimeoutMillis(0);
            initialSettings(new Http2Settings()
                    .maxConcurrentStreams(Ptth.MAX_CONCURRENT_STREAMS)
                    .initialWindowSize(Ptth.STREAM_WINDOW_BYTES)
                    .maxFrameSize(Ptth.MAX_FRAME_BYTES)
                    .maxHeaderListSize(Ptth.MAX_HEADER_LIST_BYTES)
                    .connectProtocolEnabled(true));
            decoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS);
            encoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS);
        }

        @Override
        protected SessionCodec build() {
            return super.build();
        }

        @Override
        protected SessionCodec build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new SessionCodec(decoder, encoder, settings);
        }
    }
}
