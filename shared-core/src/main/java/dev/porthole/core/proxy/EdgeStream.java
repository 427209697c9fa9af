package dev.porthole.core.proxy;

import dev.porthole.core.traffic.RequestTimer;
import dev.porthole.core.traffic.TrafficCounter;
import dev.porthole.core.traffic.VisitorCell;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.core.wire.http2.Stream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * The answering side of one stream. On the event loop only. Nothing is flushed before {@link #flush}; what is written
 * after the stream's end is released and forgotten.
 */
public final class EdgeStream {
    private final Stream stream;
    private boolean headSent;
    private @Nullable TrafficCounter counter;
    private @Nullable VisitorCell visitor;
    private @Nullable RequestTimer timer;

    public EdgeStream(Stream stream) {
        this.stream = stream;
    }

    /** Counts what passes from now on; {@code of}: whom it is counted for beside the tunnel. */
    void count(TrafficCounter by, @Nullable VisitorCell of) {
        counter = by;
        visitor = of;
    }

    /** Takes the request's time from now on; null if nobody hears of it. */
    void time(@Nullable RequestTimer by) {
        timer = by;
    }

    /** A piece of the request's body has come; for whoever hands it to this stream's {@link StreamHandler}. */
    public void received(int bytes) {
        if (counter != null) {
            counter.received(bytes, visitor);
        }
    }

    /** The stream is over; for whoever tells its {@link StreamHandler}. */
    public void closed() {
        TrafficCounter counted = counter;
        if (counted != null) {
            counter = null;
            counted.end(visitor);
        }
        if (timer != null) {
            timer.end();
        }
    }

    /** Writes an interim head (1xx), as often as there are some. */
    public void interim(Http2Headers head) {
        stream.headers(head, false);
    }

    /** Writes the answer's head. */
    public void head(Http2Headers head, boolean end) {
        headSent = true;
        CharSequence status = head.status();
        if (counter != null && status != null && status.charAt(0) == '5') {
            counter.failed();
        }
        if (timer != null && status != null) {
            timer.answered(status);
        }
        stream.headers(head, end);
    }

    /** Writes a piece of the answer's body; takes over its reference. */
    public void data(ByteBuf data, boolean end) {
        if (counter != null) {
            counter.sent(data.readableBytes(), visitor);
        }
        stream.data(data, end);
    }

    /** Ends the answer's body. */
    public void end() {
        data(Unpooled.EMPTY_BUFFER, true);
    }

    /** Writes the answer's trailers, which end it. */
    public void trailers(Http2Headers trailers) {
        stream.trailers(trailers);
    }

    /**
     * Says what happened: as an answer of its own while no head was sent, and by RST_STREAM after it, so that what was
     * sent never looks complete.
     */
    public void fail(PortholeError error, int status) {
        fail(error, status, new DefaultHttp2Headers());
    }

    private void fail(PortholeError error, int status, Http2Headers head) {
        if (headSent) {
            reset(Http2Error.INTERNAL_ERROR);
            return;
        }
        head(
                head.status(Integer.toString(status))
                        .set(WireHeaders.ERROR, error.token())
                        .set("content-length", "0"),
                true);
        stopReceiving();
        flush();
    }

    /** Like {@link #fail(PortholeError)}, with a sentence for whoever owns the tunnel. Never for a visitor's stream. */
    public void fail(PortholeError error, String sentence) {
        fail(error, error.status(), new DefaultHttp2Headers().set(WireHeaders.DETAIL, WireHeaders.detail(sentence)));
    }

    /** Like {@link #fail(PortholeError, int)} with the error's usual status. */
    public void fail(PortholeError error) {
        fail(error, error.status());
    }

    /** Ends the stream in both directions at once. */
    public void reset(Http2Error error) {
        stream.reset(error);
    }

    /**
     * After the answer's end: asks the edge, once the answer is out, not to send the rest of the request (RFC 9113,
     * section 8.1). Without effect if the request is complete.
     */
    public void stopReceiving() {
        stream.stopReceiving();
    }

    /** Whether the edge can take more of the answer; what is written beyond that waits in memory. */
    public boolean isWritable() {
        return stream.isWritable();
    }

    /** Gives bytes of the request back that {@link StreamHandler#onData} had kept. */
    public void consumed(int bytes) {
        stream.consumed(bytes);
    }

    /** Sends what was written. Flushes of one turn of the loop become few. */
    public void flush() {
        stream.flush();
    }
}
