package dev.porthole.server;

import dev.porthole.server.control.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many programs need an embedded server. Some time after the last one has let go it ends; a server that nobody has
 * come for yet waits longer.
 */
public final class LeaseCount {
    private final Scheduler scheduler;
    private final Duration grace;
    private final Runnable over;
    private int held;
    private long change;

    /**
     * Begins to count.
     *
     * @param first how long the first lease may take to come
     * @param grace from the last lease's end to the server's
     * @param over what ends the server
     */
    public LeaseCount(Scheduler scheduler, Duration first, Duration grace, Runnable over) {
        this.scheduler = scheduler;
        this.grace = grace;
        this.over = over;
        scheduler.after(first, () -> endUnlessNeeded(0));
    }

    /** A count for a server that runs until it is told to stop. */
    public static LeaseCount unlimited() {
        return new LeaseCount(
                new Scheduler() {
                    @Override
                    public java.time.Instant now() {
                        return java.time.Instant.EPOCH;
                    }

                    @Override
                    public void after(Duration delay, Runnable task) {
                        // Nothing ends such a server.
                    }
                },
                Duration.ZERO,
                Duration.ZERO,
                () -> {});
    }

    /** One program more; closing the result, once or more often, is one less. */
    public synchronized AutoCloseable take() {
        held++;
        change++;
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                release();
            }
        };
    }

    private synchronized void release() {
        held--;
        long now = ++change;
        if (held == 0) {
            scheduler.after(grace, () -> endUnlessNeeded(now));
        }
    }

    private void endUnlessNeeded(long then) {
        boolean end;
        synchronized (this) {
            end = held == 0 && change == then;
        }
        if (end) {
            over.run();
        }
    }
}
