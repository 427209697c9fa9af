package dev.porthole.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a plain connection: an HTTP/2 client with prior knowledge begins with a preface that no
 * HTTP/1.1 request resembles (RFC 9113, sections 3.3 and 3.4). HTTP/1.1 stands ready behind it and sees every byte as
 * if this had never been there. Event loop only; holds up to 23 bytes.
 */
final class PrefaceDetector extends ChannelInboundHandlerAdapter {
    private static final ByteBuf PREFACE = Unpooled.unreleasableBuffer(Http2CodecUtil.connectionPrefaceBuf());

    private final Consumer<ChannelHandlerContext> http2;
    private @Nullable ByteBuf begun;

    /** @param http2 puts HTTP/2 in the place of HTTP/1.1 */
    PrefaceDetector(Consumer<ChannelHandlerContext> http2) {
        this.http2 = http2;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (begun != null) {
            bytes = context.alloc()
                    .buffer(begun.readableBytes() + bytes.readableBytes())
                    .writeBytes(begun)
                    .writeBytes(bytes);
            begun.release();
            ((ByteBuf) message).release();
            begun = null;
        }
        int seen = Math.min(bytes.readableBytes(), PREFACE.readableBytes());
        if (!ByteBufUtil.equals(bytes, bytes.readerIndex(), PREFACE, PREFACE.readerIndex(), seen)) {
            pass(context, bytes);
        } else if (seen == PREFACE.readableBytes()) {
            http2.accept(context);
            pass(context, bytes);
        } else {
            begun = bytes;
        }
    }

    private void pass(ChannelHandlerContext context, ByteBuf bytes) {
        context.pipeline().remove(this);
        context.fireChannelRead(bytes);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }
}
