package dev.porthole.server.edge;

import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's connection after 101, or a TCP tunnel's from its first byte: bytes go both ways untouched, each way at
 * the speed of who takes them, and each way ends by itself. One that breaks off resets the stream, and the other way
 * round (RFC 9113, section 8.5). Event loop only; buffers are passed on and released by the side that writes them.
 */
final class UpgradedConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final AgentStream stream;
    private boolean visitorEnded;
    private boolean agentEnded;

    private UpgradedConnection(Channel channel, AgentStream stream) {
        this.channel = channel;
        this.stream = stream;
    }

    /** Answers the visitor's upgrade; null if the visitor did not wait for the answer. */
    static @Nullable UpgradedConnection switchTo(
            Visitor visitor, Upgrade asked, Http2Headers answer, HttpResponse head, AgentStream stream) {
        HttpHeaders fields = head.headers();
        fields.remove(HttpHeaderNames.CONTENT_LENGTH);
        CharSequence chosen = answer.get(WireHeaders.UPGRADE);
        fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        fields.set(HttpHeaderNames.UPGRADE, chosen == null ? asked.token() : chosen);
        String accept = asked.webSocketAccept();
        if (accept != null) {
            fields.set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept);
        }
        HttpResponse switching =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, fields);
        Channel channel = visitor.channel();
        if (!visitor.handOver(switching)) {
            return null;
        }
        return join(channel, stream);
    }

    /** Joins a connection that speaks no HTTP, or none any more, with a stream that the agent has accepted. */
    static UpgradedConnection join(Channel channel, AgentStream stream) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        UpgradedConnection connection = new UpgradedConnection(channel, stream);
        channel.pipeline().addLast(connection);
        channel.read();
        return connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        stream.write((ByteBuf) message, false);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        stream.flush();
        readIfWritable();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // A connection that is lost tells of the end of TLS too, but not of a proper one.
        boolean ended = event == ChannelInputShutdownEvent.INSTANCE
                || (event instanceof SslCloseCompletionEvent said && said.isSuccess());
        if (ended && !visitorEnded) {
            visitorEnded = true;
            stream.write(Unpooled.EMPTY_BUFFER, true);
            stream.flush();
            closeIfBothEnded();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // After both proper ends, the visitor's last bytes may still be waiting for the agent's window.
        if (!visitorEnded || !agentEnded) {
            stream.cancel();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // First: what breaks off must not come out as an end of the visitor's half.
        stream.cancel();
        context.close();
    }

    void onWritable() {
        readIfWritable();
    }

    void onData(ByteBuf data, boolean endOfStream) {
        int bytes = data.readableBytes();
        if (bytes > 0) {
            channel.writeAndFlush(data.retain()).addListener(written -> stream.consumed(bytes));
        }
        if (endOfStream) {
            onEnd();
        }
    }

    void onTrailers(boolean endOfStream) {
        if (endOfStream) {
            onEnd();
        }
    }

    /** Nobody takes the visitor's bytes any more; the last of the agent's may be on its way still. */
    void onClosed() {
        if (!visitorEnded) {
            visitorEnded = true;
            new Farewell(channel).afterLinger();
        }
    }

    /** The agent broke off: the visitor must not take that for a proper end. */
    void onReset(long errorCode) {
        new Farewell(channel).reset();
    }

    private void onEnd() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            // Not before: the visitor's end closes the connection, and with it what is not written.
            agentEnded = true;
            Farewell.endOutput(channel);
            closeIfBothEnded();
        });
    }

    private void closeIfBothEnded() {
        if (visitorEnded && agentEnded) {
            channel.close();
        }
    }

    private void readIfWritable() {
        if (!visitorEnded && stream.isWritable()) {
            channel.read();
        }
    }
}
