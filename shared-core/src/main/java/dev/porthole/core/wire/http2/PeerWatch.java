package dev.porthole.core.wire.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the peer of a session now and then whether it is there (RFC 9113, section 6.7): measures the round trip, and
 * finds links that are dead but look alive. Both ends do it.
 *
 * <p>A peer that sends anything at all is there: on a slow line the answer to a PING waits behind the data. So is one
 * whose kernel makes room for what waits here. Bodies that left a moment ago may still be on their way through a slow
 * line, in front of the PING: they buy time. A timer that rings late says something of this computer, which slept or
 * was stopped, and nothing of the peer: it is asked afresh.
 *
 * <p>On an idle link one end leads, the client, which is the edge: it asks, and the other end answers, and asks by
 * itself only where it was not asked in time. Two ends that both ask wake each other twice as often, and the agent's
 * computer may run on a battery. Now and then it asks beside the answer all the same, to measure.
 *
 * <p>Event loop only, but for {@link #roundTrip}.
 */
public final class PeerWatch {
    /** The slowest line that is not taken for a dead one. */
    private static final long SLOW_BYTES_PER_SECOND = 64 * 1024;

    /** Bytes that may still be under way, at most: the kernel's buffer grows with the speed of the line. */
    private static final long MOST_UNDER_WAY_BYTES = 4 * SLOW_BYTES_PER_SECOND;

    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long DOUBT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int ROUND_TRIPS = 4;

    /** Who follows measures again when the peer asks and its last measurement is so old. */
    private static final long OLD_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** How much later than the peer's next question who follows would ask, as a part of the time between two. */
    private static final int LATER = 18;

    /**
     * Two links of one computer whose questions come so close behind each other, or within two round trips, are
     * together.
     */
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * How long what may take. The defaults find a dead peer within 14.5 s on an idle link, and within 2.5 s while a
     * stream is open.
     *
     * @param idle between two PINGs while no stream is open
     * @param idlePatience how long a PING may stay unanswered then
     * @param quiet how long nothing may come, while a stream is open, before a PING asks
     * @param patience how long that PING may stay unanswered; four measured round trips if that is longer,
     *     {@code idlePatience} at most
     */
    public record Times(Duration idle, Duration idlePatience, Duration quiet, Duration patience) {
        public static final Times USUAL = every(Duration.ofSeconds(9));

        /** The usual ones with another time between two PINGs; all others are no longer than it. */
        public static Times every(Duration idle) {
            return new Times(
                    idle,
                    atMost(idle, Duration.ofSeconds(5)),
                    atMost(idle, Duration.ofSeconds(1)),
                    atMost(idle, Duration.ofMillis(1500)));
        }

        private static Duration atMost(Duration most, Duration usual) {
            return most.compareTo(usual) < 0 ? most : usual;
        }
    }

    /** What is found. Called on the event loop. */
    public interface Listener {
        /** The round trip was measured. */
        void measured(Duration roundTrip);

        /** The peer is gone; the connection is being closed. */
        void dead(String reason);
    }

    private final Multiplexer http2;
    private final Times times;
    private final Listener listener;
    private final boolean leads;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;
    private long timerDue;
    private boolean timerIsForIdle;
    private long content;
    private boolean awaiting;
    private boolean hurried;
    private long askedAt;
    private long peerAskedAt;
    private long signAt;
    private long unsent;
    private long taken;
    private long sentBefore;
    private long underWay;
    private long underWayAt;
    private volatile @Nullable Duration roundTrip;

    public PeerWatch(Multiplexer http2, Times times, Listener listener) {
        this.http2 = http2;
        this.times = times;
        this.listener = listener;
        this.leads = http2.isClient();
    }

    /** The last measured round trip; null before the first. Any thread. */
    public @Nullable Duration roundTrip() {
        return roundTrip;
    }

    /** Begins, with a PING. */
    public void start(ChannelHandlerContext on) {
        context = on;
        signAt = http2.nanos();
        underWayAt = signAt;
        peerAskedAt = signAt;
        ask(signAt);
        check();
    }

    public void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
        context = null;
    }

    /** A stream was opened: from now on somebody waits. Cheap. */
    public void streamOpened() {
        if (timerIsForIdle) {
            ring(times.quiet().toNanos());
            timerIsForIdle = false;
        }
    }

    /** Asks now and waits no longer than for a waiting stream: there is a reason to doubt that the peer is there. */
    public void askNow() {
        if (context != null) {
            hurried = true;
            ask(http2.nanos());
            ring(times.patience().toNanos());
        }
    }

    /** The peer asks. Who leads an idle link and would ask in a while does it now, beside the answer. */
    public void onPing() {
        long now = http2.nanos();
        peerAskedAt = now;
        if (context == null) {
            return;
        }
        // Each question is a look too: what left long ago buys no time at the next one.
        lookForSigns(now, context);
        if (awaiting || isBusy()) {
            return;
        }
        if (now - askedAt > (leads ? times.idle().toNanos() / 2 : OLD_NANOS)) {
            ask(now);
            ring(patience());
        } else if (!leads) {
            ring(nextAsk() - now);
        }
    }

    /**
     * Another link of this computer was just asked: who follows on this one and would be asked in a while asks now, and
     * the peer, who leads, goes by that from now on. Links that are asked together wake their computer once.
     */
    public void askToo() {
        long now = http2.nanos();
        long since = now - peerAskedAt;
        long idle = times.idle().toNanos();
        long together = Math.max(TOGETHER_NANOS, 2 * roundTripNanos());
        if (context != null && !leads && !awaiting && !isBusy() && since > idle / 2 && since < idle - together) {
            lookForSigns(now, context);
            ask(now);
            ring(patience());
        }
    }

    /** Whether nobody waits for the link: there is no stream beside the session's own. */
    public boolean isIdle() {
        return !isBusy();
    }

    /** An answer came. Others than to the last PING measure nothing. */
    public void onPong(long data) {
        if (awaiting && data == content) {
            awaiting = false;
            hurried = false;
            Duration measured = Duration.ofNanos(http2.nanos() - askedAt);
            roundTrip = measured;
            listener.measured(measured);
            if (!isBusy()) {
                // Instead of a look whether the answer came: an idle link wakes its computer less often.
                ring(nextAsk() - http2.nanos());
            }
        }
    }

    /** Whether it should have answered by now: whoever has the choice goes elsewhere. */
    public boolean isDoubtful() {
        return awaiting
                && http2.nanos() - Math.max(askedAt, http2.lastReadNanos())
                        > Math.max(DOUBT_NANOS, ROUND_TRIPS * roundTripNanos());
    }

    private void check() {
        if (context == null) {
            return;
        }
        long now = http2.nanos();
        lookForSigns(now, context);
        if (awaiting && now - timerDue > LATE_NANOS) {
            askNow();
        } else if (awaiting) {
            long left = patience() - (now - Math.max(askedAt, signAt));
            if (left > 0) {
                ring(left);
            } else {
                listener.dead("The peer has not answered a PING for "
                        + TimeUnit.NANOSECONDS.toMillis(now - Math.max(askedAt, signAt)) + " ms.");
                http2.abandon();
            }
        } else if (nextAsk() - now > 0) {
            ring(nextAsk() - now);
        } else {
            ask(now);
            ring(patience());
        }
    }

    private void ask(long now) {
        awaiting = true;
        content++;
        askedAt = now;
        http2.ping(content);
    }

    /** What shows that the peer is there, beside an answer. */
    private void lookForSigns(long now, ChannelHandlerContext on) {
        signAt = Math.max(signAt, http2.lastReadNanos());
        ChannelOutboundBuffer out = on.channel().unsafe().outboundBuffer();
        long waiting = out == null ? 0 : out.totalPendingWriteBytes();
        long sent = http2.sentDataBytes();
        // The kernel was full, and took more: the peer's acknowledged what was in it.
        if (unsent > 0 && waiting > 0 && sent - waiting > taken) {
            signAt = now;
        }
        unsent = waiting;
        taken = sent - waiting;
        long arrived = (now - underWayAt) * SLOW_BYTES_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
        underWay = Math.min(MOST_UNDER_WAY_BYTES, Math.max(0, underWay - arrived) + sent - sentBefore);
        underWayAt = now;
        sentBefore = sent;
    }

    private long patience() {
        long idle = times.idlePatience().toNanos();
        // Before the first answer nothing is known of the line.
        boolean strict = hurried || (isBusy() && roundTrip != null);
        long base =
                strict ? Math.min(idle, Math.max(times.patience().toNanos(), ROUND_TRIPS * roundTripNanos())) : idle;
        return base + underWay * TimeUnit.SECONDS.toNanos(1) / SLOW_BYTES_PER_SECOND;
    }

    private long nextAsk() {
        long idle = times.idle().toNanos();
        long regular = leads ? askedAt + idle : Math.max(askedAt, peerAskedAt + idle / LATER) + idle;
        return isBusy() ? Math.min(regular, signAt + times.quiet().toNanos()) : regular;
    }

    /** Whether there is a stream beside the session's own. */
    private boolean isBusy() {
        return http2.activeStreams() > 1;
    }

    private long roundTripNanos() {
        Duration measured = roundTrip;
        return measured == null ? 0 : measured.toNanos();
    }

    private void ring(long in) {
        if (context == null) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerIsForIdle = !isBusy();
        timerDue = http2.nanos() + in;
        timer = context.executor().schedule(this::check, in, TimeUnit.NANOSECONDS);
    }
}
