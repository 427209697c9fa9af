package dev.porthole.core.agent;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WebSocketCarrier;
import dev.porthole.core.wire.WireHeaders;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a connection around (draft-kazuho-ptth-ptth, section 4): asks for {@code Upgrade: ptth}, or for a WebSocket
 * that carries the same bytes, and after the 101 leaves the connection to whoever waits for it, with no byte of HTTP/2
 * read yet.
 *
 * <p>The last handler of the channel while it lasts; the event loop only.
 */
final class SessionHandshake extends ChannelInboundHandlerAdapter {
    /** Told once how it went. */
    interface Outcome {
        /** The connection is turned around: put the session's handlers into its pipeline before returning. */
        void turned();

        /** It is not, and the connection is being closed. */
        void failed(DialException cause);
    }

    private static final String ALPN = "alpn";

    // These say something of the server, not of what is between: it does not like the token, or it is not up.
    private static final Set<Integer> NOT_OF_THE_UPGRADE = Set.of(401, 429, 502, 503, 504);

    private final FullHttpRequest request;
    private final Outcome outcome;
    private final @Nullable String webSocketKey;
    private final HttpClientCodec codec = new HttpClientCodec();
    private @Nullable HttpResponse answer;
    private boolean done;

    SessionHandshake(
            URI server, String connectToken, String instance, String agentVersion, boolean webSocket, Outcome outcome) {
        this.outcome = outcome;
        this.webSocketKey = webSocket ? WebSocketCarrier.newKey() : null;
        this.request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, Ptth.CONNECT_PATH);
        request.headers()
                .set(HttpHeaderNames.HOST, server.getRawAuthority())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, webSocket ? HttpHeaderValues.WEBSOCKET : Ptth.UPGRADE_TOKEN)
                .set(ALPN, Ptth.ALPN)
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + connectToken)
                .set(HttpHeaderNames.USER_AGENT, "porthole/" + agentVersion)
                .set(WireHeaders.WIRE, Integer.toString(Ptth.VERSION))
                .set(WireHeaders.INSTANCE, instance);
        if (webSocketKey != null) {
            request.headers()
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketCarrier.VERSION)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, webSocketKey)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WebSocketCarrier.SUBPROTOCOL);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, codec);
        ctx.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
                fail(ctx, DialException.Kind.ANSWERED_NO, "The server's answer to the connect request is no HTTP.");
                return;
            }
            if (message instanceof HttpResponse head) {
                answer = head;
            }
            if (message instanceof LastHttpContent && answer != null) {
                answered(ctx, answer);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse head) {
        int status = head.status().code();
        if (status == 401 || status == 403) {
            fail(ctx, DialException.Kind.CREDENTIAL, "The server does not accept the connect token (" + status + ").");
        } else if (status != 101) {
            fail(ctx, DialException.Kind.ANSWERED_NO, "The server answered the connect request with " + status + ".");
        } else if (!switchedAsAsked(head.headers())) {
            fail(
                    ctx,
                    DialException.Kind.ANSWERED_NO,
                    "The server switched to " + head.headers().get(HttpHeaderNames.UPGRADE) + " with ALPN "
                            + head.headers().get(ALPN) + " (expected: "
                            + request.headers().get(HttpHeaderNames.UPGRADE) + " with h2).");
        } else {
            // The session's handlers stand behind this one before the codec lets go of what it has read beyond 101.
            done = true;
            // From here on the codec lets bytes out as they are.
            codec.prepareUpgradeFrom(ctx);
            if (webSocketKey != null) {
                WebSocketCarrier.addTo(ctx.pipeline(), true);
            }
            outcome.turned();
            ctx.pipeline().remove(this);
            ctx.pipeline().remove(codec);
        }
    }

    private boolean switchedAsAsked(HttpHeaders fields) {
        return webSocketKey == null
                ? fields.containsValue(HttpHeaderNames.UPGRADE, Ptth.UPGRADE_TOKEN, true)
                        && fields.containsValue(ALPN, Ptth.ALPN, true)
                : fields.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                        && WebSocketCarrier.SUBPROTOCOL.equals(fields.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))
                        && WebSocketCarrier.accept(webSocketKey)
                                .equals(fields.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, DialException.Kind.UNREACHABLE, "The server closed the connection before it was a session.");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(
                ctx,
                DialException.Kind.UNREACHABLE,
                "The connection broke before it was a session: " + cause.getMessage());
    }

    private void fail(ChannelHandlerContext ctx, DialException.Kind kind, String message) {
        if (!done) {
            done = true;
            boolean ofTheServer = answer != null
                    && NOT_OF_THE_UPGRADE.contains(answer.status().code());
            outcome.failed(new DialException(kind, message, webSocketKey == null && !ofTheServer));
        }
        ctx.close();
    }
}
