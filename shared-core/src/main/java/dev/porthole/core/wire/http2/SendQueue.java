package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has to say, in order: the pieces of its body that wait for the peer's windows or for the socket, and
 * the end behind them. Event loop only; owns the buffers in it.
 */
final class SendQueue {
    /** Seldom more than one. */
    private final Deque<ByteBuf> pieces = new ArrayDeque<>(1);

    private @Nullable Http2Headers trailers;
    private boolean ended;
    private int bytes;
    private int window;

    /** @param window bytes that the peer takes on the stream at first */
    SendQueue(int window) {
        this.window = window;
    }

    /** Takes over a piece of the body. {@code end}: nothing follows it. */
    void add(ByteBuf data, boolean end) {
        ended = end;
        bytes += data.readableBytes();
        if (data.isReadable() || end) {
            pieces.add(data);
        } else {
            data.release();
        }
    }

    /** Trailers follow the last piece. */
    void endWith(Http2Headers fields) {
        trailers = fields;
        ended = true;
    }

    /** Whether the last word is here, or was. */
    boolean hasEnd() {
        return ended;
    }

    /** The fields that the body ends with; null if it ends by itself. */
    @Nullable
    Http2Headers trailers() {
        return trailers;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Bytes that wait. */
    int bytes() {
        return bytes;
    }

    /** Whether the peer takes more on this stream. */
    boolean hasWindow() {
        return window > 0;
    }

    /** The peer's window grows or, by SETTINGS, shrinks. False if it would overflow. */
    boolean widen(int by) {
        long wider = (long) window + by;
        window = (int) wider;
        return wider <= Integer.MAX_VALUE;
    }

    /**
     * Writes what the windows let out, {@code quantum} bytes at most, and END_STREAM with the last piece if there are
     * no trailers.
     *
     * @return whether anything was written
     */
    boolean send(int streamId, int quantum, Outgoing out) {
        int left = quantum;
        boolean sent = false;
        while (!pieces.isEmpty()) {
            ByteBuf next = Objects.requireNonNull(pieces.peek());
            int size = next.readableBytes();
            int allowed = Math.max(0, Math.min(Math.min(size, left), Math.min(window, out.room())));
            if (size > 0 && (allowed <= 0 || !out.takesBytes())) {
                break;
            }
            sent = true;
            bytes -= allowed;
            left -= allowed;
            window -= allowed;
            out.spent(allowed);
            if (allowed < size) {
                out.writer().data(streamId, next.readRetainedSlice(allowed), false);
            } else {
                pieces.remove();
                out.writer().data(streamId, next, ended && trailers == null && pieces.isEmpty());
            }
        }
        return sent;
    }

    /** The stream is over: what waits is dropped. */
    void clear() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        bytes = 0;
    }
}
