package dev.porthole.core.proxy;

import dev.porthole.core.wire.PortholeError;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request to an endpoint that may speak HTTP/2: which of the two handlers forwards it shows when there is a
 * connection. Until then it keeps what the edge sends, not consumed. On the event loop only.
 */
final class NegotiatedRequest implements StreamHandler, EndpointPool.Taker {
    private static final int NOT_IMPLEMENTED = 501;

    private final CarriedTunnel tunnel;
    private final EdgeStream stream;
    private final EndpointPool pool;
    private final Http2Headers head;
    private final HostRewriting rewriting;
    private final EventLoop loop;
    private final Duration firstByte;
    private final BlockedHostLook look;
    private final EarlyData early = new EarlyData();
    private @Nullable Http2Headers trailers;
    private @Nullable StreamHandler chosen;
    private boolean endedWithHead;
    private boolean over;

    NegotiatedRequest(
            CarriedTunnel tunnel,
            EdgeStream stream,
            EndpointPool pool,
            Http2Headers head,
            HostRewriting rewriting,
            EventLoop loop,
            Duration firstByte,
            BlockedHostLook look) {
        this.tunnel = tunnel;
        this.stream = stream;
        this.pool = pool;
        this.head = head;
        this.rewriting = rewriting;
        this.loop = loop;
        this.firstByte = firstByte;
        this.look = look;
    }

    /** Sets out. {@code end}: that is all of the request. */
    void start(boolean end) {
        endedWithHead = end;
        pool.take(tunnel, this);
    }

    // ---- from the pool

    @Override
    public boolean isWaiting() {
        return !over;
    }

    @Override
    public void connected(EndpointConnection connection) {
        if (isUpgrade()) {
            // The connection over which the app took upgrades has gone meanwhile.
            connection.close();
            refuseUpgrade();
            return;
        }
        try {
            HttpMethod method = HttpMethod.valueOf(String.valueOf(head.method()));
            ForwardedRequest request = new ForwardedRequest(
                    tunnel, stream, pool, EndpointFields.request(method, head, rewriting), rewriting, firstByte, look);
            choose(request, end -> request.startOn(connection, end));
        } catch (IllegalArgumentException unsayable) {
            connection.close();
            over = true;
            early.discard();
            stream.reset(Http2Error.PROTOCOL_ERROR);
        }
    }

    @Override
    public void connected(EndpointHttp2 connection) {
        if (isUpgrade() && !connection.takesUpgrades()) {
            refuseUpgrade();
            return;
        }
        ForwardedStream request = new ForwardedStream(
                stream, new Http2Request(tunnel.endpoint(), head, rewriting), new FirstByteTimer(loop, firstByte));
        choose(request, end -> request.startOn(connection, end));
    }

    @Override
    public void failed(Throwable cause) {
        refuse(EndpointFailures.errorOf(cause));
    }

    private boolean isUpgrade() {
        return head.contains(Http2Headers.PseudoHeaderName.PROTOCOL.value());
    }

    /** The app has no words for it in HTTP/2 (RFC 8441, section 3), and there is no other protocol to ask in. */
    private void refuseUpgrade() {
        over = true;
        early.discard();
        stream.fail(PortholeError.ENDPOINT_REFUSED, NOT_IMPLEMENTED);
    }

    private void refuse(PortholeError error) {
        over = true;
        early.discard();
        stream.fail(error);
    }

    private void choose(StreamHandler handler, Consumer<Boolean> start) {
        over = true;
        chosen = handler;
        start.accept(endedWithHead);
        early.pourInto((data, end) -> stream.consumed(handler.onData(data, end)));
        if (trailers != null) {
            handler.onTrailers(trailers);
        }
    }

    // ---- from the edge

    @Override
    public int onData(ByteBuf data, boolean end) {
        if (chosen != null) {
            return chosen.onData(data, end);
        }
        if (over) {
            return data.readableBytes();
        }
        return early.keep(data, end);
    }

    @Override
    public void onTrailers(Http2Headers fields) {
        if (chosen != null) {
            chosen.onTrailers(fields);
        } else {
            trailers = fields;
        }
    }

    @Override
    public void onWritabilityChanged() {
        if (chosen != null) {
            chosen.onWritabilityChanged();
        }
    }

    @Override
    public void onClosed() {
        over = true;
        early.discard();
        if (chosen != null) {
            chosen.onClosed();
        }
    }
}
