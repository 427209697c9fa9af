package dev.porthole.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Time that stands still until a test moves it. */
public final class ManualTime implements AgentTime {
    private record Waiting(Instant until, CompletableFuture<Void> done) {}

    private final Queue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::until));
    private final BlockingQueue<Duration> asked = new LinkedBlockingQueue<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized CompletableFuture<Void> after(Duration delay) {
        Waiting one = new Waiting(now.plus(delay), new CompletableFuture<>());
        waiting.add(one);
        asked.add(delay);
        return one.done();
    }

    /** The next wait that someone began, in order. */
    public Duration nextWait() throws InterruptedException {
        Duration wait = asked.poll(20, TimeUnit.SECONDS);
        if (wait == null) {
            throw new AssertionError("nobody waits");
        }
        return wait;
    }

    /** Waits for a wait of at most this long to begin; longer ones are passed over. */
    public Duration nextWaitUpTo(Duration most) throws InterruptedException {
        Duration wait = nextWait();
        while (wait.compareTo(most) > 0) {
            wait = nextWait();
        }
        return wait;
    }

    public boolean nobodyWaits() {
        return asked.isEmpty();
    }

    public void advance(Duration by) {
        java.util.List<CompletableFuture<Void>> due = new java.util.ArrayList<>();
        synchronized (this) {
            now = now.plus(by);
            while (!waiting.isEmpty() && !waiting.peek().until().isAfter(now)) {
                due.add(waiting.remove().done());
            }
        }
        due.forEach(done -> done.complete(null));
    }
}
