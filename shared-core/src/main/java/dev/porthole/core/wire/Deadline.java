package dev.porthole.core.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One deadline that moves often and is seldom met: moving it costs a comparison, not a timer. Event loop only. */
public final class Deadline {
    private static final long NONE = Long.MAX_VALUE;

    private final EventExecutor loop;
    private final Runnable met;
    private long atNanos = NONE;
    private @Nullable Future<?> timer;
    private long timerNanos = NONE;

    public Deadline(EventExecutor loop, Runnable met) {
        this.loop = loop;
        this.met = met;
    }

    /** Is met after this time, whatever it was before. */
    public void in(Duration time) {
        long now = loop.ticker().nanoTime();
        atNanos = now + time.toNanos();
        if (timer == null || timerNanos - atNanos > 0) {
            schedule(now);
        }
    }

    /** Is not met until it is set again. */
    public void never() {
        atNanos = NONE;
    }

    /** Frees the timer for good. */
    public void release() {
        atNanos = NONE;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(long now) {
        if (timer != null) {
            timer.cancel(false);
        }
        timerNanos = atNanos;
        timer = loop.schedule(this::fire, Math.max(0, atNanos - now), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        timerNanos = NONE;
        if (atNanos == NONE) {
            return;
        }
        long now = loop.ticker().nanoTime();
        if (atNanos - now > 0) {
            schedule(now);
        } else {
            atNanos = NONE;
            met.run();
        }
    }
}
