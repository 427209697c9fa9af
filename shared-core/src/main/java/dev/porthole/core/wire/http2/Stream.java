package dev.porthole.core.wire.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * One stream, seen from this end (RFC 9113, section 5). Event loop only. Nothing is flushed before {@link #flush}; what
 * is written after the stream's end is released and forgotten.
 */
public final class Stream {
    private final Multiplexer connection;
    private final Outgoing out;
    private final int id;
    private final SendQueue queue;
    private final ReceivingSide receiving;
    private @Nullable StreamReceiver receiver;
    private boolean localEnded;
    private boolean closed;
    private boolean resetAfterEnd;
    private Object group = "";

    /** Whether someone was told to wait until more can be written. */
    boolean starved;

    /** Whether the connection knows that data waits here. */
    boolean inLine;

    Stream(Multiplexer connection, Outgoing out, int id, int sendWindow, ReceiveWindow receiveWindow) {
        this.connection = connection;
        this.out = out;
        this.id = id;
        this.queue = new SendQueue(sendWindow);
        this.receiving = new ReceivingSide(id, receiveWindow);
    }

    // ---- What this end says.

    /** The stream's number. */
    public int id() {
        return id;
    }

    /**
     * Streams of one group share the group's turns when several wait to send: nobody gets more of the connection by
     * opening more streams. Without this, a stream is in one group with all others that did not say. Said once, before
     * anything is written.
     */
    public void takesTurnsWith(Object streamsOf) {
        if (!inLine && !starved) {
            group = streamsOf;
        }
    }

    Object group() {
        return group;
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
        if (!queue.isEmpty() || queue.hasEnd()) {
            throw new IllegalStateException("a head after the body began");
        }
        write(headers, end);
    }

    /** Writes a piece of the body and takes over the buffer. What the peer's windows don't let out waits. */
    public void data(ByteBuf data, boolean end) {
        if (closed || localEnded || queue.hasEnd()) {
            data.release();
            return;
        }
        queue.add(data, end);
        if (!inLine) {
            sendQueue(Integer.MAX_VALUE);
        }
    }

    /** Ends the body with trailers. */
    public void trailers(Http2Headers trailers) {
        if (closed || localEnded || queue.hasEnd()) {
            return;
        }
        if (queue.isEmpty()) {
            write(trailers, true);
        } else {
            queue.endWith(trailers);
        }
    }

    /** Ends the stream in both directions at once, without a last word (RFC 9113, section 6.4). */
    public void reset(Http2Error error) {
        if (!closed) {
            out.writer().reset(id, error.code());
            flush();
            close(error.code());
        }
    }

    /**
     * Ends the stream because of what the peer said on it. It counts against the peer like what the connection finds
     * wrong by itself (CVE-2025-8671).
     */
    public void violated(Http2Error error) {
        if (!closed) {
            reset(error);
            connection.violated();
        }
    }

    /** Bytes of the body that wait here for the peer's windows, or for the socket. */
    public int queuedBytes() {
        return queue.bytes();
    }

    /**
     * Asks the peer, once everything of this end is out, not to send the rest (RFC 9113, section 8.1). Without effect
     * if it has said everything.
     */
    public void stopReceiving() {
        if (closed || receiving.hasEnded()) {
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
        boolean writable = canSend();
        if (!writable && !closed && !starved) {
            starved = true;
            out.starves(this);
        }
        return writable;
    }

    /** Lets the peer send so many bytes more: they are dealt with. */
    public void consumed(int bytes) {
        if (closed || receiving.hasEnded() || bytes == 0) {
            return;
        }
        int update = receiving.consumed(bytes, connection.nanos());
        if (update > 0) {
            out.writer().windowUpdate(id, update);
            flush();
        }
    }

    /** Sends what was written, soon: flushes of one turn of the loop become few. */
    public void flush() {
        out.flush();
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
            out.writer().headers(id, headers, end);
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
        boolean sent = queue.send(id, quantum, out);
        if (!queue.isEmpty() && queue.hasWindow()) {
            out.waitsInLine(this);
        }
        if (sent && !closed && queue.isEmpty() && queue.hasEnd()) {
            afterLast();
        }
        if (sent && !closed && receiver != null) {
            receiver.onSent();
        }
    }

    private void afterLast() {
        Http2Headers trailers = queue.trailers();
        if (trailers == null) {
            localEnd();
        } else {
            write(trailers, true);
        }
    }

    private void localEnd() {
        localEnded = true;
        if (receiving.hasEnded()) {
            remove();
            StreamReceiver told = receiver;
            if (told != null) {
                // Not now: whoever writes the last word is in the middle of something.
                out.later(() -> told.onClosed(true, Http2Error.NO_ERROR.code()));
            }
        } else if (resetAfterEnd) {
            reset(Http2Error.NO_ERROR);
        }
    }

    // ---- What the peer says.

    /** What it may still say. */
    ReceivingSide receiving() {
        return receiving;
    }

    void onHeaders(Http2Headers headers, boolean end) throws Http2Exception {
        receiving.onFields(end);
        if (receiver != null) {
            receiver.onHeaders(headers, end);
        }
        closeIfComplete();
    }

    void onData(ByteBuf data, boolean end) throws Http2Exception {
        receiving.onData(data.readableBytes(), end);
        if (receiver != null) {
            receiver.onData(data, end);
        }
        closeIfComplete();
    }

    /** The peer's window grows or, by SETTINGS, shrinks. False if it would overflow. */
    boolean widen(int bytes) {
        return queue.widen(bytes);
    }

    boolean hasQueue() {
        return !queue.isEmpty();
    }

    private boolean canSend() {
        return !closed && queue.isEmpty() && queue.hasWindow() && out.canSend();
    }

    void tellWritable() {
        if (starved && canSend()) {
            starved = false;
            out.starvesNoLonger(this);
            if (receiver != null) {
                receiver.onWritable();
            }
        }
    }

    void close(long errorCode) {
        if (!closed) {
            remove();
            if (receiver != null) {
                receiver.onClosed(receiving.hasEnded(), errorCode);
            }
        }
    }

    private void remove() {
        closed = true;
        receiving.close();
        queue.clear();
        connection.closed(this);
    }

    private void closeIfComplete() {
        if (localEnded && receiving.hasEnded()) {
            close(Http2Error.NO_ERROR.code());
        }
    }
}
