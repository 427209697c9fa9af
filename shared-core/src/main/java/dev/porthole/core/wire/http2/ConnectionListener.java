package dev.porthole.core.wire.http2;

import io.netty.handler.codec.http2.Http2Headers;

/** What a session wants to know of its connection, beside its streams. Called on the event loop. */
public interface ConnectionListener {
    /** The peer opened a stream; only to a server. Returns who listens to it, at once or after having answered. */
    StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream);

    /** The peer has sent a PING, which is being answered. */
    default void onPing() {}

    /** The peer has answered a PING. */
    default void onPong(long data) {}

    /** The peer takes no more streams, and will end the connection (RFC 9113, section 6.8). */
    default void onGoAway() {}

    /** The connection is over, and so are its streams. */
    default void onConnectionEnded() {}

    /** A stream is over; so many are left. */
    default void onStreamClosed(int active) {}
}
