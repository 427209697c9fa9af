package dev.porthole.server.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands until a test moves it; what is due then runs on the test's own thread. */
final class ManualScheduler implements Scheduler {
    private record Due(Instant at, long order, Runnable task) {}

    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private long order;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        waiting.add(new Due(now.plus(delay), order++, task));
    }

    /** Moves the clock, and runs everything that is due on the way in its order. */
    void advance(Duration by) {
        Instant end = now().plus(by);
        for (Due due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    /** Runs what is due now. */
    void runDue() {
        advance(Duration.ZERO);
    }

    private synchronized @org.jspecify.annotations.Nullable Due next(Instant end) {
        Due first = waiting.peek();
        if (first == null || first.at().isAfter(end)) {
            return null;
        }
        waiting.remove();
        if (first.at().isAfter(now)) {
            now = first.at();
        }
        return first;
    }
}
