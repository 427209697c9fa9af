package dev.porthole.server.edge;

import dev.porthole.core.wire.Deadline;
import dev.porthole.server.edge.tls.Certificates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first byte of a connection to a port that speaks TLS: a handshake begins with 22 (RFC 8446, section
 * 5.1), and no HTTP request does. Whoever speaks plain HTTP here is told where to go. Event loop only; holds nothing.
 */
final class TlsEntrance extends ChannelInboundHandlerAdapter {
    private static final byte HANDSHAKE = 22;

    /** More of a ClientHello than this is nothing that a client sends. */
    private static final int MAX_CLIENT_HELLO_BYTES = 32 * 1024;

    private final Certificates certificates;
    private final Reception reception;
    private @Nullable Deadline silence;

    TlsEntrance(Certificates certificates, Reception reception) {
        this.certificates = certificates;
        this.reception = reception;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        silence = new Deadline(context.channel().eventLoop(), context::close);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Objects.requireNonNull(silence).in(reception.times().headers());
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        Channel channel = context.channel();
        if (bytes.getByte(bytes.readerIndex()) == HANDSHAKE) {
            channel.pipeline()
                    .addLast(new TlsByName(certificates, reception.settings()))
                    .addLast(new AlpnChoice(reception));
        } else {
            EdgeSettings settings = reception.settings();
            Http1Connection.add(channel.pipeline(), Entrance.PLAIN, HttpsRedirect.samePort(settings), settings)
                    .start();
        }
        channel.pipeline().remove(this);
        context.fireChannelRead(bytes);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Objects.requireNonNull(silence).release();
    }

    /** Chooses the certificate by the name that the visitor asks for, and gives up on handshakes that take too long. */
    private static final class TlsByName extends SniHandler {
        private final long limitMillis;

        TlsByName(Certificates certificates, EdgeSettings settings) {
            super(
                    name -> certificates.forName(name).context(),
                    MAX_CLIENT_HELLO_BYTES,
                    settings.times().headers().toMillis());
            this.limitMillis = settings.times().headers().toMillis();
        }

        @Override
        protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
            SslHandler handler = super.newSslHandler(context, allocator);
            handler.setHandshakeTimeoutMillis(limitMillis);
            return handler;
        }
    }
}
