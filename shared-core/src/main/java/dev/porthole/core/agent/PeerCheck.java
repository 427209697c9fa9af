package dev.porthole.core.agent;

import dev.porthole.core.wire.http2.Multiplexer;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the peer of a session now and then whether it is there (RFC 9113, section 6.7): measures the round trip, and
 * finds links that are dead but look alive. A peer that sends anything at all is there: on a slow line the answer to a
 * PING waits behind the data. On the event loop only, but for {@link #roundTrip}.
 */
final class PeerCheck {
    private final Multiplexer connection;
    private final AgentLimits limits;
    private final Runnable ponged;
    private final Consumer<String> dead;
    private long content;
    private long sentAt;
    private boolean awaiting;
    private @Nullable Future<?> pending;
    private volatile @Nullable Duration roundTrip;

    PeerCheck(Multiplexer connection, AgentLimits limits, Runnable ponged, Consumer<String> dead) {
        this.connection = connection;
        this.limits = limits;
        this.ponged = ponged;
        this.dead = dead;
    }

    @Nullable
    Duration roundTrip() {
        return roundTrip;
    }

    void start(ChannelHandlerContext ctx) {
        ping(ctx);
    }

    void stop() {
        if (pending != null) {
            pending.cancel(false);
        }
    }

    void onPong(long answer) {
        if (awaiting && answer == content) {
            awaiting = false;
            roundTrip = Duration.ofNanos(System.nanoTime() - sentAt);
            ponged.run();
        }
    }

    private void ping(ChannelHandlerContext ctx) {
        if (!awaiting) {
            awaiting = true;
            content++;
            sentAt = System.nanoTime();
            connection.ping(content);
        }
        schedule(ctx, this::check, limits.pong());
    }

    private void check(ChannelHandlerContext ctx) {
        boolean silent = connection.lastReadNanos() - sentAt < 0;
        if (awaiting && silent) {
            dead.accept("The server no longer answers.");
            return;
        }
        // Still awaiting an answer but hearing other things: the next silence is measured from now.
        if (awaiting) {
            sentAt = System.nanoTime();
        }
        schedule(ctx, this::ping, limits.ping());
    }

    private void schedule(ChannelHandlerContext ctx, Consumer<ChannelHandlerContext> next, Duration delay) {
        pending = ctx.executor().schedule(() -> next.accept(ctx), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
