package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpContent;

/** An exchange that needs no more of its request: what comes of the body is dropped, and counted. */
final class BodyDiscarded implements Exchange {
    /** More than this is not worth keeping the connection for. */
    private static final long MAX_BYTES = 256 * 1024;

    private long bytes;

    @Override
    public void onBody(HttpContent content) {
        bytes += content.content().readableBytes();
        content.release();
    }

    boolean isTooMuch() {
        return bytes > MAX_BYTES;
    }

    @Override
    public boolean wantsBody() {
        return true;
    }

    @Override
    public void onVisitorGone() {}
}
