package dev.porthole.core.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
 * an end in one direction is an end in that direction; a broken connection resets the stream, a reset stream closes the
 * connection.
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
        fromEndpointEnded = true;
        channel.close();
    }

    private void endOutput() {
        fromEdgeEnded = true;
        if (fromEndpointEnded) {
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        } else if (channel.pipeline().get(SslHandler.class) == null && channel instanceof DuplexChannel duplex) {
            // After the bytes before it: an empty write completes once they are out.
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(_ -> duplex.shutdownOutput());
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
                channel.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endInput();
        stream.stopReceiving();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!fromEndpointEnded) {
            fromEndpointEnded = true;
            stream.reset(Http2Error.CONNECT_ERROR);
        }
        channel.close();
    }

    private void endInput() {
        if (!fromEndpointEnded) {
            fromEndpointEnded = true;
            stream.end();
            stream.flush();
        }
    }
}
