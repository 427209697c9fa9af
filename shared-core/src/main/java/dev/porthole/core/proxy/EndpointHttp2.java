package dev.porthole.core.proxy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.GatheredWrites;
import dev.porthole.core.wire.Ptth;
import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.ConnectionListener;
import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.core.wire.http2.Multiplexer;
import dev.porthole.core.wire.http2.Stream;
import dev.porthole.core.wire.http2.StreamReceiver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection to an app, shared by many requests: this end is the client (RFC 9113).
 *
 * <p>On the event loop only. It takes streams once the app has said its SETTINGS, as many as those allow, until the app
 * says GOAWAY; then it ends with its last stream. One that nobody uses for a while ends too.
 */
final class EndpointHttp2 extends ChannelInboundHandlerAdapter implements ConnectionListener {
    /** Longer than HTTP/1.1's: an app that closes it says so first, so no request is lost by keeping it. */
    private static final Duration KEPT_IDLE = Duration.ofSeconds(60);

    /** What an app may have in flight. Each call that it refuses is a reset: it may make many, quickly. */
    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            0,
            Ptth.CONNECTION_WINDOW_BYTES,
            Ptth.STREAM_WINDOW_BYTES,
            Ptth.MAX_FRAME_BYTES,
            Ptth.MAX_HEADER_LIST_BYTES,
            false,
            new Misuse.Allowance(20_000, 20_000));

    private final Channel channel;
    private final Endpoint endpoint;
    private final Multiplexer http2 = new Multiplexer(Multiplexer.Role.CLIENT, LIMITS, this);
    private final Promise<EndpointHttp2> ready;
    private Runnable roomMade = () -> {};
    private @Nullable Future<?> idleEnd;
    private boolean leaving;

    private EndpointHttp2(Channel channel, Endpoint endpoint) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.ready = channel.eventLoop().newPromise();
    }

    /**
     * Begins HTTP/2 on a connection that nothing was said on. Completes once the app has answered in HTTP/2; fails with
     * {@link NotHttp2Exception}, and closes the connection, if it does not within {@code limit}.
     */
    static Future<EndpointHttp2> begin(Channel channel, Endpoint endpoint, Duration limit) {
        EndpointHttp2 connection = new EndpointHttp2(channel, endpoint);
        // HTTP/2 knows better than HTTP/1.1's handler when to flush.
        channel.pipeline().remove(GatheredWrites.class);
        channel.pipeline().addLast(connection, connection.http2);
        Future<?> late = channel.eventLoop()
                .schedule(
                        () -> connection.isNone("said nothing in HTTP/2 within " + limit.toMillis() + " ms"),
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
        connection.ready.addListener(_ -> late.cancel(false));
        return connection.ready;
    }

    /** Who is told when another stream may fit, from now on. */
    void whenRoomIsMade(Runnable told) {
        roomMade = told;
    }

    Channel channel() {
        return channel;
    }

    /** Whether another request may go here. */
    boolean takesStreams() {
        return !leaving && isUp();
    }

    /** Whether its streams still have a connection; false while they are told of its end. */
    boolean isUp() {
        return channel.isActive() && http2.canOpen();
    }

    /** Whether the app takes extended CONNECT (RFC 8441, section 3). */
    boolean takesUpgrades() {
        return http2.takesConnectProtocol();
    }

    /** Opens a stream with a request; null if its fields are more than the app takes. */
    @Nullable
    Stream open(Http2Headers request, boolean end, StreamReceiver receiver) {
        stopIdling();
        Stream stream = http2.open(request, end, receiver);
        if (stream == null) {
            onStreamClosed(http2.activeStreams());
        } else {
            http2.flush();
        }
        return stream;
    }

    /** An app kept a request waiting for so long: if it said nothing else meanwhile, nobody else is sent to it. */
    void suspect(Duration waited) {
        if (System.nanoTime() - http2.lastReadNanos() >= waited.toNanos()) {
            leave();
        }
    }

    /** Ends with the last stream. */
    void leave() {
        leaving = true;
        if (http2.activeStreams() == 0) {
            channel.close();
        }
    }

    @Override
    public StreamReceiver onStream(Stream stream, Http2Headers head, boolean endOfStream) {
        throw new IllegalStateException("an app opened a stream (expected: none, as SETTINGS say)");
    }

    @Override
    public void onGoAway() {
        leave();
    }

    @Override
    public void onStreamClosed(int active) {
        if (active == 0 && leaving) {
            channel.close();
        } else if (active == 0 && channel.isActive()) {
            stopIdling();
            idleEnd = channel.eventLoop().schedule(this::leave, KEPT_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        }
        roomMade.run();
    }

    @Override
    public void onConnectionEnded() {
        stopIdling();
        isNone("does not speak HTTP/2");
    }

    /** After each piece that the app said, HTTP/2's handler has taken it. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (http2.hasPeerSettings() && ready.trySuccess(this) && http2.activeStreams() == 0) {
            onStreamClosed(0);
        }
        roomMade.run();
    }

    private void stopIdling() {
        if (idleEnd != null) {
            idleEnd.cancel(false);
            idleEnd = null;
        }
    }

    private void isNone(String what) {
        if (ready.tryFailure(new NotHttp2Exception(endpoint + " " + what))) {
            channel.close();
        }
    }
}
