package dev.porthole.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time as the agent sees it. Tests move their own. */
public interface AgentTime extends InstantSource {
    /** Completes when {@code delay} has passed; cancelling it frees what it holds. */
    CompletableFuture<Void> after(Duration delay);

    /** Waits that long. Any thread; a virtual one's waiting costs the computer two wakes more. */
    default void pause(Duration length) throws InterruptedException {
        Bell.awaitEither(after(length));
    }

    /** The computer's time. */
    static AgentTime system() {
        return new AgentTime() {
            @Override
            public Instant instant() {
                return Instant.now();
            }

            @Override
            public long millis() {
                return System.currentTimeMillis();
            }

            @Override
            public CompletableFuture<Void> after(Duration delay) {
                // CompletableFuture's own delay thread only completes: nothing of ours runs on it.
                return new CompletableFuture<Void>().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void pause(Duration length) throws InterruptedException {
                Thread.sleep(length);
            }
        };
    }
}
