package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/** Told what the peer says on one stream. Called on the event loop; after {@link #onClosed} nothing follows. */
public interface StreamReceiver {
    /** Fields: a head, an interim head, or trailers. {@code endOfStream}: the peer has said everything. */
    void onHeaders(Http2Headers headers, boolean endOfStream);

    /**
     * A piece of the body, maybe empty at its end. The buffer stays the connection's: retain it to keep it. The peer
     * may send as much again only after {@link Stream#consumed} (RFC 9113, section 5.2).
     */
    void onData(ByteBuf data, boolean endOfStream);

    /** {@link Stream#isWritable} was false and may be true again. */
    void onWritable();

    /** Some of what was written has gone to the socket: {@link Stream#queuedBytes} tells how much is left. */
    default void onSent() {}

    /**
     * The stream is over: complete, reset by either side, or lost with its connection.
     *
     * @param complete whether the peer had said everything before
     * @param errorCode RFC 9113, section 7; {@code CANCEL} for a lost connection
     */
    void onClosed(boolean complete, long errorCode);
}
