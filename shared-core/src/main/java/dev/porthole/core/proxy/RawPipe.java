package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Bytes both ways between a stream and an endpoint's connection, each direction with its own end. The last handler of
 * the connection's channel.
 *
 * <p>Threads: the event loop only. Buffers: passed on as they are. Back-pressure: the stream's window towards us is
 * given back as the endpoint's socket takes the bytes; the endpoint is not read while the edge takes no more. Closing:
 * an end in one direction is an end in that direction, after all that was said before it; a broken connection resets
 * the stream, a reset stream resets the connection, so that neither looks like a proper end (RFC 9113, section 8.5).
 */
final class RawPipe extends ChannelInboundHandlerAdapter {
    private final EdgeStream stream;
    private final Channel channel;
    private boolean fromEndpointEnded;
    private boolean fromEdgeEnded;

    RawPipe(EdgeStream stream, Channel channel) {
        this.stream = stream;
        this.channel = channel;
    }

    // ---- from the edge

    int onData(ByteBuf data, boolean end) {
        int bytes = data.readableBytes();
        if (bytes > 0) {
            channel.writeAndFlush(data.retain()).addListener(_ -> stream.consumed(bytes));
        }
        if (end) {
            endOutput();
        }
        return 0;
    }

    void onWritabilityChanged() {
        channel.config().setAutoRead(stream.isWritable());
    }

    void onStreamClosed() {
        if (fromEdgeEnded && fromEndpointEnded) {
            // Both have said everything; the last of it may still be on its way to the endpoint.
            closeAfterFlush();
            return;
        }
        fromEndpointEnded = true;
        if (channel.isOpen()) {
            // One that is closed, of whose end we hear in a moment, takes no options any more.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    private void endOutput() {
        fromEdgeEnded = true;
        if (fromEndpointEnded) {
            closeAfterFlush();
        } else if (channel.pipeline().get(SslHandler.class) == null && channel instanceof DuplexChannel duplex) {
            // After the bytes before it: an empty write completes once they are out.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> duplex.shutdownOutput());
        }
        // TLS has no half-closed connections in common use: the app's own end closes both directions.
    }

    // ---- from the endpoint

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf data) || fromEndpointEnded) {
            ReferenceCountUtil.release(message);
            return;
        }
        stream.data(data, false);
        if (!stream.isWritable()) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        stream.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endInput();
            if (fromEdgeEnded) {
                closeAfterFlush();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (fromEndpointEnded || !Boolean.TRUE.equals(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE))) {
            endInput();
            stream.stopReceiving();
            return;
        }
        // A proper end would have come as an event of its own: this one broke off, perhaps while it was written to.
        fromEndpointEnded = true;
        stream.reset(Http2Error.CONNECT_ERROR);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!fromEndpointEnded) {
            fromEndpointEnded = true;
            stream.reset(Http2Error.CONNECT_ERROR);
        }
        channel.close();
    }

    private void closeAfterFlush() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void endInput() {
        if (!fromEndpointEnded) {
            fromEndpointEnded = true;
            stream.end();
            stream.flush();
        }
    }
}
