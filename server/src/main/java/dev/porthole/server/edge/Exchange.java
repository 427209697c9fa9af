package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpContent;

/**
 * One request and how it is answered. Event loop only. A {@link Visitor} has one at a time; the exchange ends by
 * {@link Visitor#end}, {@link Visitor#abort} or {@link Visitor#page}.
 */
interface Exchange {
    /** A piece of the request's body, the last one included. Takes over the buffer. */
    void onBody(HttpContent content);

    /** Whether more of the body can be taken now. If not, {@link Visitor#resumeReading} follows. */
    boolean wantsBody();

    /** {@link Visitor#isWritable} changed to true. */
    default void onVisitorWritable() {}

    /** The visitor left, or took too long: nobody waits for the answer any more. */
    void onVisitorGone();
}
