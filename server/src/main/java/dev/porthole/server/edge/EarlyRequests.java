package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What a visitor sent before its turn (pipelining; RFC 9112, section 9.3.2). Owns the buffers in it. Event loop only.
 */
final class EarlyRequests {
    /** Parts of requests that are held while one is answered. */
    private static final int MOST = 64;

    private final Queue<HttpObject> parts = new ArrayDeque<>();

    void add(HttpObject part) {
        parts.add(part);
    }

    HttpObject next() {
        return parts.remove();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean hasRoom() {
        return parts.size() < MOST;
    }

    void release() {
        parts.forEach(ReferenceCountUtil::release);
        parts.clear();
    }
}
