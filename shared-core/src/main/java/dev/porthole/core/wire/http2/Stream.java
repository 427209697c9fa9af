package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream, seen from this end (RFC 9113, section 5). Event loop only. Nothing is flushed before {@link #flush}; what
 * is written after the stream's end is released and forgotten.
 */
public final class Stream {
    private final Multiplexer connection;
    private final int id;
    private @Nullable StreamReceiver receiver;
    private final Deque<ByteBuf> queue = new ArrayDeque<>(0);
    private @Nullable Http2Headers queuedTrailers;
    private boolean endQueued;
    private int sendWindow;
    private final ReceiveWindow receiveWindow;
    private long bodyDue = -1;
    private boolean localEnded;
    private boolean remoteEnded;
    private boolean closed;
    private boolean resetAfterEnd;
    /** Whether someone was told to wait until more can be written. */
    boolean starved;
    /** Whether the connection knows that data waits here. */
    boolean inLine;

    Stream(Multiplexer connection, int id, int sendWindow, ReceiveWindow receiveWindow) {
        this.connection = connection;
        this.id = id;
        this.sendWindow = sendWindow;
        this.receiveWindow = receiveWindow;
    }

    // ---- What this end says.

    /** The stream's number. */
    public int id() {
        return id;
    }

    /** Whether it is over, in both directions. */
    public boolean isClosed() {
        return closed;
    }

    /** Writes an interim head (1xx), or the head of an answer. */
    public void headers(Http2Headers headers, boolean end) {
        if (closed || localEnded) {
            return;
        }
        if (!queue.isEmpty() || endQueued) {
            throw new IllegalStateException("a head after the body began");
        }
        write(headers, end);
    }

    /** Writes a piece of the body and takes over the buffer. What the peer's windows don't let out waits. */
    public void data(ByteBuf data, boolean end) {
        if (closed || localEnded || endQueued) {
            data.release();
            return;
        }
        endQueued = end;
        if (data.isReadable() || end) {
            queue.add(data);
        } else {
            data.release();
        }
        if (!inLine) {
            sendQueue(Integer.MAX_VALUE);
        }
    }

    /** Ends the body with trailers. */
    public void trailers(Http2Headers trailers) {
        if (closed || localEnded || endQueued) {
            return;
        }
        if (queue.isEmpty()) {
            write(trailers, true);
        } else {
            queuedTrailers = trailers;
            endQueued = true;
        }
    }

    /** Ends the stream in both directions at once, without a last word (RFC 9113, section 6.4). */
    public void reset(Http2Error error) {
        if (!closed) {
            connection.writer().reset(id, error.code());
            flush();
            close(error.code());
        }
    }

    /**
     * Asks the peer, once everything of this end is out, not to send the rest (RFC 9113, section 8.1). Without effect
     * if it has said everything.
     */
    public void stopReceiving() {
        if (closed || remoteEnded) {
            return;
        }
        if (localEnded) {
            reset(Http2Error.NO_ERROR);
        } else {
            resetAfterEnd = true;
        }
    }

    /**
     * Whether more should be written now. False while the peer's windows are shut or the socket is full; then
     * {@link StreamReceiver#onWritable} follows.
     */
    public boolean isWritable() {
        boolean writable = !closed && queue.isEmpty() && sendWindow > 0 && connection.canSend();
        if (!writable && !closed && !starved) {
            starved = true;
            connection.starves(this);
        }
        return writable;
    }

    /** Lets the peer send so many bytes more: they are dealt with. */
    public void consumed(int bytes) {
        if (closed || remoteEnded || bytes == 0) {
            return;
        }
        int update = receiveWindow.consumed(bytes, connection.nanoTime());
        if (update > 0) {
            connection.writer().windowUpdate(id, update);
            flush();
        }
    }

    /** Sends what was written, soon: flushes of one turn of the loop become few. */
    public void flush() {
        connection.flush();
    }

    /** This end has sent the head. */
    void opened(boolean end) {
        localEnded = end;
    }

    /** Who listens from now on. */
    void receiver(StreamReceiver listener) {
        receiver = listener;
    }

    private void write(Http2Headers headers, boolean end) {
        try {
            connection.writer().headers(id, headers, end);
        } catch (Http2Exception tooLarge) {
            reset(Http2Error.INTERNAL_ERROR);
            return;
        }
        if (end) {
            localEnd();
        }
    }

    /** Sends from the queue what the windows let out, {@code quantum} bytes at most. Stays in line if there is more. */
    void sendQueue(int quantum) {
        int left = quantum;
        while (!closed && !queue.isEmpty()) {
            ByteBuf next = Objects.requireNonNull(queue.peek());
            int bytes = next.readableBytes();
            int allowed = Math.max(0, Math.min(Math.min(bytes, left), room()));
            if (bytes > 0 && (allowed <= 0 || !connection.takesBytes())) {
                if (sendWindow > 0) {
                    connection.waitsInLine(this);
                }
                return;
            }
            left -= allowed;
            sendWindow -= allowed;
            connection.spend(allowed);
            if (allowed < bytes) {
                connection.writer().data(id, next.readRetainedSlice(allowed), false);
            } else {
                queue.remove();
                boolean last = queue.isEmpty() && endQueued;
                connection.writer().data(id, next, last && queuedTrailers == null);
                if (last) {
                    afterLast();
                }
            }
        }
    }

    /** Bytes that one frame may carry now. */
    private int room() {
        return Math.min(
                Math.min(sendWindow, connection.sendWindow()),
                connection.writer().maxFrameBytes());
    }

    private void afterLast() {
        if (queuedTrailers == null) {
            localEnd();
        } else {
            write(queuedTrailers, true);
        }
    }

    private void localEnd() {
        localEnded = true;
        if (remoteEnded) {
            remove();
            StreamReceiver told = receiver;
            if (told != null) {
                // Not now: whoever writes the last word is in the middle of something.
                connection.later(() -> told.onClosed(true, Http2Error.NO_ERROR.code()));
            }
        } else if (resetAfterEnd) {
            reset(Http2Error.NO_ERROR);
        }
    }

    // ---- What the peer says.

    /** A request's head has come: from here on its body is measured against its content-length. */
    void onRequest(Http2Headers head, boolean end) throws Http2Exception {
        bodyDue = contentLength(head);
        checkBody(0, end);
        remoteEnded = end;
    }

    /** An answer's fields, or trailers. */
    void onHeaders(Http2Headers headers, boolean end) throws Http2Exception {
        if (remoteEnded) {
            throw Http2Exception.streamError(id, Http2Error.STREAM_CLOSED, "fields after the end");
        }
        checkBody(0, end);
        remoteEnded = end;
        if (receiver != null) {
            receiver.onHeaders(headers, end);
        }
        closeIfComplete();
    }

    void onDataBegins(int flowControlled) throws Http2Exception {
        if (remoteEnded) {
            throw Http2Exception.streamError(id, Http2Error.STREAM_CLOSED, "data after the end");
        }
        if (!receiveWindow.takes(flowControlled)) {
            throw Http2Exception.streamError(
                    id, Http2Error.FLOW_CONTROL_ERROR, "%d bytes beyond the window", receiveWindow.excess());
        }
    }

    void onData(ByteBuf data, boolean end) throws Http2Exception {
        checkBody(data.readableBytes(), end);
        remoteEnded |= end;
        if (receiver != null) {
            receiver.onData(data, end);
        }
        closeIfComplete();
    }

    void onReset(long errorCode) {
        close(errorCode);
    }

    /** The peer's window grows or, by SETTINGS, shrinks. False if it would overflow. */
    boolean widen(int bytes) {
        long wider = (long) sendWindow + bytes;
        sendWindow = (int) wider;
        return wider <= Integer.MAX_VALUE;
    }

    boolean hasQueue() {
        return !queue.isEmpty();
    }

    void tellWritable() {
        if (starved && !closed && queue.isEmpty() && sendWindow > 0 && connection.canSend()) {
            starved = false;
            connection.starvesNoLonger(this);
            if (receiver != null) {
                receiver.onWritable();
            }
        }
    }

    void close(long errorCode) {
        if (!closed) {
            remove();
            if (receiver != null) {
                receiver.onClosed(remoteEnded, errorCode);
            }
        }
    }

    private void remove() {
        closed = true;
        receiveWindow.close();
        queue.forEach(ByteBuf::release);
        queue.clear();
        connection.closed(this);
    }

    private void closeIfComplete() {
        if (remoteEnded && localEnded) {
            close(Http2Error.NO_ERROR.code());
        }
    }

    /** A request's body is as long as it said (RFC 9113, section 8.1.1); whoever relays it counts on that. */
    private void checkBody(int bytes, boolean end) throws Http2Exception {
        if (bodyDue >= 0) {
            bodyDue -= bytes;
            if (bodyDue < 0 || (end && bodyDue > 0)) {
                throw Http2Exception.streamError(
                        id, Http2Error.PROTOCOL_ERROR, "a body of another length than content-length says");
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
            throw Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "content-length (expected: one number)");
        }
        return bytes;
    }
}
