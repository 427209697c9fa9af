package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpContent;
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

    /** Bytes of their bodies. What one more read brings comes on top. */
    private static final int MOST_BYTES = 64 * 1024;

    private final Queue<HttpObject> parts = new ArrayDeque<>();
    private int bytes;

    void add(HttpObject part) {
        parts.add(part);
        bytes += bytesOf(part);
    }

    HttpObject next() {
        HttpObject part = parts.remove();
        bytes -= bytesOf(part);
        return part;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean hasRoom() {
        return parts.size() < MOST && bytes < MOST_BYTES;
    }

    void release() {
        parts.forEach(ReferenceCountUtil::release);
        parts.clear();
    }

    private static int bytesOf(HttpObject part) {
        return part instanceof HttpContent content ? content.content().readableBytes() : 0;
    }
}
