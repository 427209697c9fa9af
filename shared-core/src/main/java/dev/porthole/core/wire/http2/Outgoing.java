package dev.porthole.core.wire.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * What this end of a connection sends: how much the peer's window lets out, whose turn it is, and when it goes to the
 * socket.
 *
 * <p>Event loop only. Sending goes round the groups of streams that wait ({@link Stream#takesTurnsWith}) and round the
 * streams of each, a quantum at a time.
 */
final class Outgoing {
    /** Bytes that one stream sends before the next one's turn, when several wait for the connection. */
    private static final int QUANTUM_BYTES = 64 * 1024;

    /**
     * Flushes of one turn of the event loop that become one, at most. Few: the other end begins on the first streams of
     * a turn while this end still works on the last ones. Held for a whole turn, both ends wait for each other in
     * lockstep.
     */
    private static final int FLUSHES_HELD = 8;

    private final ChannelHandlerContext context;
    private final FrameWriter writer;
    private final Turns line = new Turns();
    private final Turns starving = new Turns();
    private int window = Frames.DEFAULT_WINDOW_BYTES;
    private long dataBytes;
    private int flushes;
    private boolean reading;
    private boolean flushDue;
    private boolean over;

    Outgoing(ChannelHandlerContext context) {
        this.context = context;
        this.writer = new FrameWriter(context);
    }

    /** Where the connection's handler stands. */
    ChannelHandlerContext context() {
        return context;
    }

    /** Writes frames at once, which {@link #flush} sends. DATA has its turns instead. */
    FrameWriter writer() {
        return writer;
    }

    // ---- When it goes to the socket.

    /** Sends what was written, soon. */
    void flush() {
        if (++flushes >= FLUSHES_HELD) {
            flushNow();
        } else if (!reading && !flushDue) {
            flushDue = true;
            later(this::flushNow);
        }
    }

    /** Bytes have come, and more may: what is written meanwhile leaves together. */
    void onRead() {
        reading = true;
    }

    /** All that came was read. */
    void onReadComplete() {
        reading = false;
        flushNow();
    }

    private void flushNow() {
        flushes = 0;
        flushDue = false;
        if (!over) {
            writer.flush();
        }
    }

    /** Does something when what is going on now is done. */
    void later(Runnable task) {
        context.executor().execute(task);
    }

    // ---- How much may go.

    /** Bytes that one frame of DATA may carry now, as far as the connection is concerned. */
    int room() {
        return Math.min(window, writer.maxFrameBytes());
    }

    /** DATA was written. */
    void spent(int bytes) {
        window -= bytes;
        dataBytes += bytes;
    }

    /** Bytes of bodies that were given to the connection so far. */
    long dataBytes() {
        return dataBytes;
    }

    /** Whether the socket takes more. */
    boolean takesBytes() {
        return context.channel().isWritable();
    }

    /** Whether a stream that has window left may write now without waiting. */
    boolean canSend() {
        return !over && window > 0 && line.isEmpty() && takesBytes();
    }

    /** The peer lets more out over all streams. */
    void widened(int bytes) throws Http2Exception {
        long wider = (long) window + bytes;
        if (wider > Integer.MAX_VALUE) {
            throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "the connection's window overflows");
        }
        window = (int) wider;
        resume();
    }

    // ---- Whose turn it is.

    /** Something of the stream waits to be sent. */
    void waitsInLine(Stream stream) {
        if (!stream.inLine) {
            stream.inLine = true;
            line.add(stream);
        }
    }

    /** Whoever writes to the stream was told to wait. */
    void starves(Stream stream) {
        starving.add(stream);
    }

    void starvesNoLonger(Stream stream) {
        starving.remove(stream);
    }

    /** The stream is over. */
    void forget(Stream stream) {
        if (stream.inLine) {
            line.remove(stream);
        }
        if (stream.starved) {
            starving.remove(stream);
        }
    }

    /** Lets those who wait send, one after the other, and tells those who were told to wait. */
    void resume() {
        boolean sent = false;
        while (!line.isEmpty() && window > 0 && takesBytes()) {
            Stream next = line.next();
            next.inLine = false;
            next.sendQueue(QUANTUM_BYTES);
            sent = true;
        }
        if (sent) {
            flush();
        }
        if (canSend() && !starving.isEmpty()) {
            starving.inOrder().forEach(Stream::tellWritable);
        }
    }

    /** The connection is over: what is written from now on goes nowhere. */
    void end() {
        over = true;
        writer.release();
        line.clear();
        starving.clear();
    }
}
