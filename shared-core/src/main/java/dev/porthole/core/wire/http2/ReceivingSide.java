package dev.porthole.core.wire.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * What the peer says on one stream, checked: nothing after its end, no more than the window takes, and a request's body
 * as long as its content-length. Event loop only.
 */
final class ReceivingSide {
    private final int streamId;
    private final ReceiveWindow window;
    private long bodyDue = -1;
    private boolean ended;

    ReceivingSide(int streamId, ReceiveWindow window) {
        this.streamId = streamId;
        this.window = window;
    }

    /** Whether the peer has said everything. */
    boolean hasEnded() {
        return ended;
    }

    /** A request's head has come: from here on its body is measured against its content-length. */
    void onRequest(Http2Headers head, boolean end) throws Http2Exception {
        bodyDue = contentLength(head);
        checkBody(0, end);
        ended = end;
    }

    /** An answer's fields, or trailers. */
    void onFields(boolean end) throws Http2Exception {
        if (ended) {
            throw Http2Exception.streamError(streamId, Http2Error.STREAM_CLOSED, "fields after the end");
        }
        checkBody(0, end);
        ended = end;
    }

    void onDataBegins(int flowControlled) throws Http2Exception {
        if (ended) {
            throw Http2Exception.streamError(streamId, Http2Error.STREAM_CLOSED, "data after the end");
        }
        if (!window.takes(flowControlled)) {
            throw Http2Exception.streamError(
                    streamId, Http2Error.FLOW_CONTROL_ERROR, "%d bytes beyond the window", window.excess());
        }
    }

    void onData(int bytes, boolean end) throws Http2Exception {
        checkBody(bytes, end);
        ended |= end;
    }

    /** The reader took bytes. Returns by how much to let the peer go on (WINDOW_UPDATE), 0 for not yet. */
    int consumed(int bytes, long nowNanos) {
        return window.consumed(bytes, nowNanos);
    }

    /** The stream is over. */
    void close() {
        window.close();
    }

    /** A request's body is as long as it said (RFC 9113, section 8.1.1); whoever relays it counts on that. */
    private void checkBody(int bytes, boolean end) throws Http2Exception {
        if (bodyDue >= 0) {
            bodyDue -= bytes;
            if (bodyDue < 0 || (end && bodyDue > 0)) {
                throw Http2Exception.streamError(
                        streamId, Http2Error.PROTOCOL_ERROR, "a body of another length than content-length says");
            }
        }
    }

    private long contentLength(Http2Headers head) throws Http2Exception {
        CharSequence length = head.get("content-length");
        if (length == null) {
            return -1;
        }
        long bytes = 0;
        boolean number = length.length() > 0 && length.length() < 19;
        for (int at = 0; number && at < length.length(); at++) {
            int digit = length.charAt(at) - '0';
            number = digit >= 0 && digit <= 9;
            bytes = bytes * 10 + digit;
        }
        if (!number || head.getAll("content-length").size() > 1) {
            throw Http2Exception.streamError(
                    streamId, Http2Error.PROTOCOL_ERROR, "content-length (expected: one number)");
        }
        return bytes;
    }
}
