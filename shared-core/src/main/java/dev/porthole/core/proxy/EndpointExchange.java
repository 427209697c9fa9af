package dev.porthole.core.proxy;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Whoever has an {@link EndpointConnection} at the moment. Called on the event loop, and not after it let go. */
interface EndpointExchange {
    /** An answer's head, interim ones (1xx) too. */
    void onHead(HttpResponse head);

    /** A piece of the body; the last one is a {@code LastHttpContent}. Theirs to release. */
    void onContent(HttpContent content);

    /** What could be read was read: time to flush. */
    void onReadComplete();

    /** Nothing came of an answer for as long as the exchange would wait. */
    void onLate();

    /** The connection is gone, or what it said can't be read; the exchange no longer has it. */
    void onBroken(@Nullable Throwable cause);
}
