package dev.porthole.server.control;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The computer's clock. One platform thread waits; tasks run on virtual threads. */
public final class SystemScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());

    @Override
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var _ = timer.schedule(
                    () -> Thread.ofVirtual().start(() -> run(task)), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("not scheduled: the server stops");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.error("a scheduled task failed", failed);
        }
    }

    /** Drops what waits. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
