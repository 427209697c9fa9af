package dev.porthole.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the protocol on a TLS connection that both sides agreed on (RFC 7301); HTTP/1.1 if they did not say. Event loop
 * only.
 */
final class AlpnChoice extends ApplicationProtocolNegotiationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AlpnChoice.class);

    private final Reception reception;
    private @Nullable String serverName;

    AlpnChoice(Reception reception) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.reception = reception;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SniCompletionEvent asked) {
            serverName = asked.hostname();
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        Entrance entrance = new Entrance(true, serverName);
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            Http2Connection.start(context.channel(), entrance, reception);
        } else {
            Http1Connection.add(context.pipeline(), entrance, reception.routing(), reception.settings())
                    .start();
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("no TLS with {}: {}", context.channel().remoteAddress(), cause.getMessage());
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a visitor's connection failed", cause);
        context.close();
    }
}
