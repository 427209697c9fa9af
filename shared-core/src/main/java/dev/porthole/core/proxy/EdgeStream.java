package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answering side of one stream. On the event loop only. Nothing is flushed before {@link #flush}; what is written
 * after the stream's end is released and forgotten.
 */
public final class EdgeStream {
    private final Http2ConnectionHandler codec;
    private final ChannelHandlerContext ctx;
    private final Http2Stream stream;
    private boolean headSent;
    private @Nullable ChannelFuture ending;

    public EdgeStream(Http2ConnectionHandler codec, ChannelHandlerContext ctx, Http2Stream stream) {
        this.codec = codec;
        this.ctx = ctx;
        this.stream = stream;
    }

    /** Writes an interim head (1xx), as often as there are some. */
    public void interim(Http2Headers head) {
        codec.encoder().writeHeaders(ctx, stream.id(), head, 0, false, ctx.newPromise());
    }

    /** Writes the answer's head. */
    public void head(Http2Headers head, boolean end) {
        headSent = true;
        ended(codec.encoder().writeHeaders(ctx, stream.id(), head, 0, end, ctx.newPromise()), end);
    }

    /** Writes a piece of the answer's body; takes over its reference. */
    public void data(ByteBuf data, boolean end) {
        ended(codec.encoder().writeData(ctx, stream.id(), data, 0, end, ctx.newPromise()), end);
    }

    /** Ends the answer's body. */
    public void end() {
        data(Unpooled.EMPTY_BUFFER, true);
    }

    /** Writes the answer's trailers, which end it. */
    public void trailers(Http2Headers trailers) {
        ended(codec.encoder().writeHeaders(ctx, stream.id(), trailers, 0, true, ctx.newPromise()), true);
    }

    /**
     * Says what happened: as an answer of its own while no head was sent, and by RST_STREAM after it, so that what was
     * sent never looks complete.
     */
    public void fail(PortholeError error, int status) {
        if (headSent) {
            reset(Http2Error.INTERNAL_ERROR);
            return;
        }
        head(
                new DefaultHttp2Headers()
                        .status(Integer.toString(status))
                        .set(WireHeaders.ERROR, error.token())
                        .set("content-length", "0"),
                true);
        stopReceiving();
        flush();
    }

    /** Like {@link #fail(PortholeError, int)} with the error's usual status. */
    public void fail(PortholeError error) {
        fail(error, error.status());
    }

    /** Ends the stream in both directions at once. */
    public void reset(Http2Error error) {
        codec.resetStream(ctx, stream.id(), error.code(), ctx.newPromise());
        flush();
    }

    /**
     * After the answer's end: asks the edge, once the answer is out, not to send the rest of the request (RFC 9113,
     * section 8.1). Without effect if the request is complete.
     */
    public void stopReceiving() {
        if (ending == null || stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
            return;
        }
        ending.addListener(sent -> {
            if (sent.isSuccess() && stream.state() != Http2Stream.State.CLOSED) {
                reset(Http2Error.NO_ERROR);
            }
        });
    }

    /** Whether the edge can take more of the answer; what is written beyond that waits in memory. */
    public boolean isWritable() {
        return codec.encoder().flowController().isWritable(stream);
    }

    /** Gives bytes of the request back that {@link StreamHandler#onData} had kept. */
    public void consumed(int bytes) {
        if (bytes == 0) {
            return;
        }
        try {
            if (codec.connection().local().flowController().consumeBytes(stream, bytes)) {
                flush();
            }
        } catch (Http2Exception broken) {
            codec.onError(ctx, true, broken);
        }
    }

    /** Sends what was written. Flushes of one turn of the loop become one. */
    public void flush() {
        codec.flush(ctx);
    }

    private void ended(ChannelFuture written, boolean end) {
        if (end) {
            ending = written;
        }
    }
}
