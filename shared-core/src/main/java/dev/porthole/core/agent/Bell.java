package dev.porthole.core.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Wakes a loop that waits. Take {@link #next} before looking at what the ring is about, so that a ring in between is
 * not lost. Any thread.
 */
final class Bell {
    private CompletableFuture<Void> next = new CompletableFuture<>();

    /** Completes at the next ring. */
    synchronized CompletableFuture<Void> next() {
        return next;
    }

    void ring() {
        CompletableFuture<Void> rung;
        synchronized (this) {
            rung = next;
            next = new CompletableFuture<>();
        }
        rung.complete(null);
    }

    /** Waits for a ring, or until {@code limit} has passed. */
    static void await(CompletableFuture<?> ring, AgentTime time, Duration limit) throws InterruptedException {
        CompletableFuture<Void> passed = time.after(limit);
        try {
            awaitEither(ring, passed);
        } finally {
            passed.cancel(false);
        }
    }

    /** Waits until one of these has completed, however. */
    static void awaitEither(CompletableFuture<?>... either) throws InterruptedException {
        try {
            CompletableFuture.anyOf(either).get();
        } catch (ExecutionException completed) {
            // How it completed is its reader's matter.
            return;
        }
    }
}
