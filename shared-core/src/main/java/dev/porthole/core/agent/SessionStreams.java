package dev.porthole.core.agent;

import dev.porthole.core.proxy.StreamHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Objects;

/**
 * Hands each frame of a session to whoever answers its stream; the answerer is a property of the stream. On the event
 * loop only.
 */
final class SessionStreams extends Http2EventAdapter {
    /** What streams come to and what a session has to know. */
    interface Host {
        /** A new stream. */
        StreamHandler open(ChannelHandlerContext ctx, Http2Stream stream, Http2Headers head, boolean end);

        /** The answer to a PING. */
        void onPong(long content);

        /** The edge takes no more streams of ours here: it wants to stop. */
        void onGoAway();

        /** A stream is over; so many are left. */
        void onStreamClosed(int active);
    }

    private final Host host;
    private Http2Connection.PropertyKey key;
    private Http2Connection connection;

    // Set by attach before the first frame; a field each, since a property key comes from the connection.
    @SuppressWarnings({"NullAway.Init", "initialization"})
    SessionStreams(Host host) {
        this.host = host;
    }

    /** Joins the codec that was made with this listener. */
    void attach(SessionCodec codec) {
        connection = codec.connection();
        key = connection.newKey();
        connection.addListener(this);
        codec.encoder().flowController().listener(stream -> {
            StreamHandler handler = stream.getProperty(key);
            if (handler != null) {
                handler.onWritabilityChanged();
            }
        });
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        onHeadersRead(ctx, streamId, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        Http2Stream stream = Objects.requireNonNull(connection.stream(streamId));
        StreamHandler handler = stream.getProperty(key);
        if (handler != null) {
            handler.onTrailers(headers);
        } else {
            StreamHandler opened = host.open(ctx, stream, headers, endOfStream);
            stream.setProperty(key, opened);
            if (stream.state() == Http2Stream.State.CLOSED) {
                opened.onClosed();
            }
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
        Http2Stream stream = connection.stream(streamId);
        StreamHandler handler = stream == null ? null : stream.<StreamHandler>getProperty(key);
        int bytes = data.readableBytes();
        return padding + (handler == null ? bytes : handler.onData(data, endOfStream));
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        StreamHandler handler = stream.removeProperty(key);
        if (handler != null) {
            handler.onClosed();
        }
        host.onStreamClosed(connection.numActiveStreams());
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        host.onPong(data);
    }

    @Override
    public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
        host.onGoAway();
    }
}
