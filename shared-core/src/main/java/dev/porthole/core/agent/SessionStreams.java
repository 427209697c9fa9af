package dev.porthole.core.agent;

import dev.porthole.core.proxy.EdgeStream;
import dev.porthole.core.proxy.StreamHandler;
import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Objects;

/** Brings what comes on a session's streams to whoever answers them. On the event loop only. */
final class SessionStreams implements ConnectionListener {
    /** What streams come to and what a session has to know. */
    interface Host {
        /** A new stream. */
        StreamHandler open(EdgeStream stream, Http2Headers head, boolean end);

        /** A PING of the edge, which is being answered. */
        void onPing();

        /** The answer to a PING. */
        void onPong(long content);

        /** The edge takes no more streams of ours here: it wants to stop. */
        void onGoAway();

        /** A stream is over; so many are left. */
        void onStreamClosed(int active);
    }

    /**
     * What the edge may have in flight. One session carries many visitors, and each who leaves is a reset: the edge
     * limits them one by one.
     */
    static final ConnectionLimits LIMITS = new ConnectionLimits(
            Ptth.MAX_CONCURRENT_STREAMS,
            Ptth.CONNECTION_WINDOW_BYTES,
            Ptth.STREAM_WINDOW_BYTES,
            Ptth.MAX_FRAME_BYTES,
            Ptth.MAX_HEADER_LIST_BYTES,
            true,
            new Misuse.Allowance(20_000, 20_000));

    private final Host host;

    SessionStreams(Host host) {
        this.host = host;
    }

    @Override
    public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
        stream.takesTurnsWith(Objects.requireNonNullElse(head.get(WireHeaders.TUNNEL), ""));
        EdgeStream answer = new EdgeStream(stream);
        return new Receiver(answer, host.open(answer, head, endOfStream));
    }

    @Override
    public void onPing() {
        host.onPing();
    }

    @Override
    public void onPong(long data) {
        host.onPong(data);
    }

    @Override
    public void onGoAway() {
        host.onGoAway();
    }

    @Override
    public void onStreamClosed(int active) {
        host.onStreamClosed(active);
    }

    private record Receiver(EdgeStream stream, StreamHandler handler) implements StreamReceiver {
        @Override
        public void onHeaders(Http2Headers headers, boolean endOfStream) {
            handler.onTrailers(headers);
        }

        @Override
        public void onData(ByteBuf data, boolean endOfStream) {
            stream.received(data.readableBytes());
            stream.consumed(handler.onData(data, endOfStream));
        }

        @Override
        public void onWritable() {
            handler.onWritabilityChanged();
        }

        @Override
        public void onClosed(boolean complete, long errorCode) {
            handler.onClosed();
            stream.closed();
        }
    }
}
