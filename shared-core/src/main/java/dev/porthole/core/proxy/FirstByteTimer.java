package dev.porthole.core.proxy;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long an app may think about one of the requests on a connection that others share. A request whose body still
 * goes to the app is none that it thinks about: each piece that it takes starts the wait again. On the event loop only.
 */
final class FirstByteTimer {
    /** For calls that may be silent for as long as they like. */
    static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

    private final EventLoop loop;
    private final Duration limit;
    private long since;
    private @Nullable Future<?> pending;

    FirstByteTimer(EventLoop loop, Duration limit) {
        this.loop = loop;
        this.limit = limit;
    }

    /** How long it waits. */
    Duration limit() {
        return limit;
    }

    /** Starts waiting; {@code timedOut} is called once unless {@link #stop} comes first. */
    void restart(Runnable timedOut) {
        stop();
        if (limit.equals(NEVER)) {
            return;
        }
        since = System.nanoTime();
        schedule(limit.toNanos(), timedOut);
    }

    /** The app took something. Costs no new timer: the pending one looks at it when it fires. */
    void progress() {
        since = System.nanoTime();
    }

    void stop() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    private void schedule(long nanos, Runnable timedOut) {
        pending = loop.schedule(
                () -> {
                    long left = limit.toNanos() - (System.nanoTime() - since);
                    if (left > 0) {
                        schedule(left, timedOut);
                    } else {
                        pending = null;
                        timedOut.run();
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }
}
