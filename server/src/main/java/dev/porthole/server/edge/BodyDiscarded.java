package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpContent;

/** An exchange that was answered by the edge itself: what comes of the request's body is dropped. */
final class BodyDiscarded implements Exchange {
    static final Exchange INSTANCE = new BodyDiscarded();

    private BodyDiscarded() {}

    @Override
    public void onBody(HttpContent content) {
        content.release();
    }

    @Override
    public boolean wantsBody() {
        return true;
    }

    @Override
    public void onVisitorGone() {}
}
