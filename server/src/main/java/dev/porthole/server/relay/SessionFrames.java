package dev.porthole.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings each frame of a session to the {@link StreamListener} of its stream, and tells each listener exactly once how
 * its stream ended. An agent that opens or pushes streams itself ends its session: it is the server here.
 *
 * <p>Event loop only. Buffers stay the codec's; a listener that keeps one retains it.
 */
final class SessionFrames extends Http2FrameAdapter implements Http2RemoteFlowController.Listener {
    private final Http2Connection connection;
    private final Http2Connection.PropertyKey listenerKey;
    private final LongConsumer pingAcknowledged;
    private final Runnable goAwayReceived;
    private boolean settingsReceived;
    private boolean connectProtocol;

    SessionFrames(Http2Connection connection, LongConsumer pingAcknowledged, Runnable goAwayReceived) {
        this.connection = connection;
        this.listenerKey = connection.newKey();
        this.pingAcknowledged = pingAcknowledged;
        this.goAwayReceived = goAwayReceived;
        connection.addListener(new EndOfStreams());
    }

    void attach(Http2Stream stream, StreamListener listener) {
        stream.setProperty(listenerKey, listener);
    }

    /** Whether the agent's first SETTINGS came. */
    boolean settingsReceived() {
        return settingsReceived;
    }

    /** Whether the agent takes extended CONNECT (RFC 8441, section 3). */
    boolean connectProtocol() {
        return connectProtocol;
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
        settingsReceived = true;
        if (Boolean.TRUE.equals(settings.connectProtocolEnabled())) {
            connectProtocol = true;
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        onHeadersRead(context, streamId, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        if (!connection.local().isValidStreamId(streamId)) {
            throw Http2Exception.connectionError(
                    Http2Error.PROTOCOL_ERROR, "stream %d was opened by the agent (expected: by the edge)", streamId);
        }
        StreamListener listener = listener(streamId, endOfStream);
        if (listener != null) {
            guarded(streamId, () -> listener.onHeaders(headers, endOfStream));
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        StreamListener listener = listener(streamId, endOfStream);
        if (listener == null) {
            return data.readableBytes() + padding;
        }
        guarded(streamId, () -> listener.onData(data, endOfStream));
        return padding;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int streamId, long errorCode) {
        StreamListener listener = listener(streamId, true);
        if (listener != null) {
            listener.onReset(errorCode);
        }
    }

    @Override
    public void onPushPromiseRead(
            ChannelHandlerContext context, int streamId, int promisedStreamId, Http2Headers headers, int padding)
            throws Http2Exception {
        throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "push promise (expected: none)");
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) {
        pingAcknowledged.accept(data);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int lastStreamId, long errorCode, ByteBuf debugData) {
        goAwayReceived.run();
    }

    @Override
    public void writabilityChanged(Http2Stream stream) {
        StreamListener listener = stream.getProperty(listenerKey);
        if (listener != null && connection.remote().flowController().isWritable(stream)) {
            listener.onWritable();
        }
    }

    /** One exchange's defect ends its own stream, never the session of all. */
    private static void guarded(int streamId, Runnable call) throws Http2Exception {
        try {
            call.run();
        } catch (RuntimeException defect) {
            throw Http2Exception.streamError(streamId, Http2Error.INTERNAL_ERROR, defect, "an answer was not taken");
        }
    }

    private @Nullable StreamListener listener(int streamId, boolean last) {
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            return null;
        }
        return last ? stream.removeProperty(listenerKey) : stream.getProperty(listenerKey);
    }

    /** A stream that closes while it still has its listener was cut off: by us, or with its session. */
    private final class EndOfStreams extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            StreamListener listener = stream.removeProperty(listenerKey);
            if (listener != null) {
                listener.onReset(Http2Error.CANCEL.code());
            }
        }
    }
}
