package dev.porthole.server.relay;

import dev.porthole.core.wire.http2.Multiplexer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds dead peers and measures the round trip: a PING at each interval, and the connection is closed if the one before
 * was not answered (RFC 9113, section 6.7). Event loop only.
 */
final class PeerPing {
    private static final Logger LOG = LoggerFactory.getLogger(PeerPing.class);

    private final Duration interval;
    private @Nullable Multiplexer http2;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> next;
    private long sent;
    private long acknowledged;
    private long sentAtNanos;
    private @Nullable Duration roundTrip;

    PeerPing(Duration interval) {
        this.interval = interval;
    }

    void start(Multiplexer handler, ChannelHandlerContext on) {
        http2 = handler;
        context = on;
        // After a delay, not at a rate: an event loop that stood still would catch up with two PINGs in one turn, and
        // the
        // second would find the first one unanswered.
        next = on.executor()
                .scheduleWithFixedDelay(this::ping, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }

    /** An acknowledgement came. Others than of the last PING are ignored: they measure nothing. */
    void acknowledged(long data) {
        if (data == sent) {
            acknowledged = data;
            roundTrip = Duration.ofNanos(System.nanoTime() - sentAtNanos);
        }
    }

    /** The last measured round trip. */
    @Nullable
    Duration roundTrip() {
        return roundTrip;
    }

    private void ping() {
        if (http2 == null || context == null) {
            return;
        }
        if (acknowledged != sent) {
            LOG.info("{} has not answered a PING for {}", context.channel().remoteAddress(), interval);
            context.channel().close();
            return;
        }
        sent++;
        sentAtNanos = System.nanoTime();
        http2.ping(sent);
    }
}
