package dev.porthole.server.edge;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WebSocketCarrier;
import dev.porthole.server.relay.Handshake;
import dev.porthole.server.relay.RelayContext;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.relay.TransposedConnection;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's handshake: the token is judged on a virtual thread, then the connection is turned around. Event loop only
 * otherwise.
 */
final class ConnectExchange implements Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectExchange.class);

    /**
     * Where sessions belong.
     *
     * @param open whether the edge still takes any
     * @param visitors the connections that an agent's leaves when it becomes a session
     * @param agents those that it is one of from then on
     * @param clients where an agent is
     */
    record Relay(
            RelayContext context,
            BooleanSupplier open,
            ChannelGroup visitors,
            ChannelGroup agents,
            ClientAddress clients) {}

    private final Visitor visitor;
    private final Handshake.Asked asked;
    private final Relay relay;
    private final String address;
    private boolean gone;

    private ConnectExchange(Visitor visitor, Handshake.Asked asked, Relay relay, String address) {
        this.visitor = visitor;
        this.address = address;
        this.asked = asked;
        this.relay = relay;
    }

    static @Nullable Exchange start(Visitor visitor, HttpRequest request, Relay relay) {
        if (!relay.open().getAsBoolean()) {
            visitor.page(EdgePage.handshake(503, "this edge is about to stop"));
            return null;
        }
        return switch (Handshake.read(request)) {
            case Handshake.Refused(int status, String detail) -> {
                visitor.page(EdgePage.handshake(status, detail));
                yield null;
            }
            case Handshake.Asked asked -> {
                InetSocketAddress peer = (InetSocketAddress) visitor.channel().remoteAddress();
                String address = relay.clients().of(peer, request.headers()).getHostAddress();
                yield new ConnectExchange(visitor, asked, relay, address).authorize();
            }
        };
    }

    private Exchange authorize() {
        Channel channel = visitor.channel();
        Thread.ofVirtual().name("authorize-session").start(() -> {
            try {
                Optional<SessionGrant> grant = relay.context().authority().authorize(asked.token());
                channel.eventLoop().execute(() -> judged(grant));
            } catch (RuntimeException failed) {
                LOG.error("a connect token could not be judged", failed);
                channel.eventLoop().execute(this::failed);
            }
        });
        return this;
    }

    private void judged(Optional<SessionGrant> grant) {
        if (gone) {
            return;
        }
        if (grant.isEmpty()) {
            visitor.page(EdgePage.handshake(Handshake.UNAUTHORIZED.status(), Handshake.UNAUTHORIZED.detail()));
            return;
        }
        Channel channel = visitor.channel();
        if (!visitor.handOver(switching(asked.webSocketKey()))) {
            visitor.page(EdgePage.handshake(400, "nothing may follow the handshake before its answer"));
            return;
        }
        relay.visitors().remove(channel);
        relay.agents().add(channel);
        TransposedConnection.start(channel, grant.get(), asked, address, relay.context());
    }

    private void failed() {
        if (!gone) {
            visitor.page(EdgePage.handshake(503, "the token could not be judged now"));
        }
    }

    /** 101 to {@code ptth}, or to a WebSocket (RFC 6455, section 4.2.2) for whoever gave a key. */
    private static HttpResponse switching(@Nullable String webSocketKey) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, webSocketKey == null ? Ptth.UPGRADE_TOKEN : HttpHeaderValues.WEBSOCKET)
                .set("ALPN", Ptth.ALPN)
                .set("Porthole-Wire", Integer.toString(Ptth.VERSION));
        if (webSocketKey != null) {
            response.headers()
                    .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, WebSocketCarrier.accept(webSocketKey))
                    .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WebSocketCarrier.SUBPROTOCOL);
        }
        return response;
    }

    @Override
    public void onBody(HttpContent content) {
        content.release();
    }

    @Override
    public boolean wantsBody() {
        return true;
    }

    @Override
    public void onVisitorGone() {
        gone = true;
    }
}
