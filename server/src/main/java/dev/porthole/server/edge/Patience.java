package dev.porthole.server.edge;

import dev.porthole.core.wire.Deadline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * How long one visitor may keep the edge waiting. A visitor that takes an answer slowly is not gone: the deadline moves
 * on for as long as bytes leave. Event loop only.
 */
final class Patience {
    private final Channel channel;
    private final EdgeSettings.Times times;
    private final Deadline deadline;
    private final Runnable lost;
    private long unsentLastTime;

    /** @param lost called when a deadline is met and nothing has moved since the one before */
    Patience(Channel channel, EdgeSettings.Times times, Runnable lost) {
        this.channel = channel;
        this.times = times;
        this.lost = lost;
        this.deadline = new Deadline(channel.eventLoop(), this::met);
    }

    /** Until all header fields are there. */
    void withHeaders() {
        deadline.in(times.headers());
    }

    /** Until the next request begins. */
    void withNextRequest() {
        deadline.in(times.idle());
    }

    /** Until the next bytes come, or are taken. */
    void withNextBytes() {
        deadline.in(times.stall());
    }

    /** It is not the visitor's turn. */
    void isNotNeeded() {
        deadline.never();
    }

    /** For good. */
    void release() {
        deadline.release();
    }

    /** Whether bytes lay unsent when a deadline was last met. */
    boolean sawUnsentBytes() {
        return unsentLastTime > 0;
    }

    private void met() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        long unsent = out == null ? 0 : out.totalPendingWriteBytes();
        boolean moved = unsent > 0 && unsent != unsentLastTime;
        unsentLastTime = unsent;
        if (moved) {
            withNextBytes();
        } else {
            lost.run();
        }
    }
}
