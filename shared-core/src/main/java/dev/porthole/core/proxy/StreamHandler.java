package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * What one stream of a session is answered by. Called on the event loop by the session that the stream belongs to, and
 * after {@link #onClosed} no more.
 */
public interface StreamHandler {
    /**
     * A piece of the request's body. The buffer stays the caller's: whoever keeps it retains it.
     *
     * @return how many of its bytes are dealt with; the others are given back later by {@link EdgeStream#consumed}, and
     *     until then they hold the edge back
     */
    int onData(ByteBuf data, boolean end);

    /** The request's trailers, which end it. */
    void onTrailers(Http2Headers trailers);

    /** The edge can take more, or no more: see {@link EdgeStream#isWritable}. */
    void onWritabilityChanged();

    /** The stream is over: complete, reset by either side, or lost with its session. */
    void onClosed();
}
