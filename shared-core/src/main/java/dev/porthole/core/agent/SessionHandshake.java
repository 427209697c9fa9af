package dev.porthole.core.agent;

import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.WireHeaders;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Turns a connection around (draft-kazuho-ptth-ptth, section 4): asks for {@code Upgrade: ptth}, and after the 101
 * leaves the connection to whoever waits for it, with no byte of HTTP/2 read yet.
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

    private final FullHttpRequest request;
    private final Outcome outcome;
    private final HttpClientCodec codec = new HttpClientCodec();
    private @Nullable HttpResponse answer;
    private boolean done;

    SessionHandshake(URI server, String connectToken, String instance, String agentVersion, Outcome outcome) {
        this.outcome = outcome;
        this.request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, Ptth.CONNECT_PATH);
        request.headers()
                .set(HttpHeaderNames.HOST, server.getRawAuthority())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, Ptth.UPGRADE_TOKEN)
                .set(ALPN, Ptth.ALPN)
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + connectToken)
                .set(HttpHeaderNames.USER_AGENT, "porthole/" + agentVersion)
                .set(WireHeaders.WIRE, Integer.toString(Ptth.VERSION))
                .set(WireHeaders.INSTANCE, instance);
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
        } else if (!head.headers().containsValue(HttpHeaderNames.UPGRADE, Ptth.UPGRADE_TOKEN, true)
                || !head.headers().containsValue(ALPN, Ptth.ALPN, true)) {
            fail(
                    ctx,
                    DialException.Kind.ANSWERED_NO,
                    "The server switched to " + head.headers().get(HttpHeaderNames.UPGRADE) + " with ALPN "
                            + head.headers().get(ALPN) + " (expected: ptth with h2).");
        } else {
            // The session's handlers stand behind this one before the codec lets go of what it has read beyond 101.
            done = true;
            // From here on the codec lets bytes out as they are.
            codec.prepareUpgradeFrom(ctx);
            outcome.turned();
            ctx.pipeline().remove(this);
            ctx.pipeline().remove(codec);
        }
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
            outcome.failed(new DialException(kind, message));
        }
        ctx.close();
    }
}
