package dev.porthole.server.edge;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.server.relay.AgentSession;
import dev.porthole.server.relay.AgentStream;
import dev.porthole.server.relay.StreamListener;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server's own visit to a TCP tunnel's port: goes to the one session that was told to expect it, as a stream that
 * the agent answers by itself, and back as one line ({@link dev.porthole.server.relay.PortProbes}). Event loop only.
 */
final class ProbeVisitor extends ChannelInboundHandlerAdapter implements StreamListener {
    private final TunnelRoute route;
    private final AgentSession session;
    private final String nonce;
    private @Nullable Channel channel;
    private @Nullable AgentStream stream;

    ProbeVisitor(TunnelRoute route, AgentSession session, String nonce) {
        this.route = route;
        this.session = session;
        this.nonce = nonce;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        channel = active.channel();
        Http2Headers request = TcpVisitor.request(route, RequestIds.next()).add(WireHeaders.PROBE, nonce);
        stream = session.open(route.tunnel(), request, true, this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        if (stream != null) {
            stream.cancel();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void onHeaders(Http2Headers headers, boolean endOfStream) {
        try {
            PortholeError error = AnswerFields.agentsError(headers);
            String said = String.valueOf(headers.get(WireHeaders.PROBE));
            answer(AnswerFields.status(headers) + " "
                    + (error == null ? nonce.equals(said) ? nonce : "" : error.token()));
        } catch (AnswerFields.BrokenAnswer broken) {
            channel().close();
        }
    }

    private void answer(String line) {
        channel()
                .writeAndFlush(ByteBufUtil.writeAscii(channel().alloc(), line + "\n"))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void onData(ByteBuf data, boolean endOfStream) {
        Objects.requireNonNull(stream).consumed(data.readableBytes());
    }

    @Override
    public void onReset(long errorCode) {
        channel().close();
    }

    private Channel channel() {
        return Objects.requireNonNull(channel);
    }
}
