package dev.porthole.server.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Told what an agent says on one stream. Called on the session's event loop; after {@link #onReset} or
 * {@link #onClosed} nothing follows, and after {@code endOfStream} nothing but that.
 */
public interface StreamListener {
    /** An informational answer (1xx), the answer's fields, or its trailers. */
    void onHeaders(Http2Headers headers, boolean endOfStream);

    /**
     * A piece of the body. The buffer is the caller's: retain it to keep it. The agent may send as much again only
     * after {@link AgentStream#consumed} (RFC 9113, section 5.2).
     */
    void onData(ByteBuf data, boolean endOfStream);

    /** The agent reset the stream, or its session ended: what was received is not complete. */
    void onReset(long errorCode);

    /** The stream is over, after the agent said everything; it takes nothing any more, whether that was all or not. */
    default void onClosed() {}

    /** {@link AgentStream#isWritable} is true again. */
    default void onWritable() {}
}
