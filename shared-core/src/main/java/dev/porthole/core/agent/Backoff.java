package dev.porthole.core.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double up to a limit, so that a peer in trouble is left in peace. Not thread-safe. */
final class Backoff {
    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private int attempt;

    Backoff(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
    }

    /**
     * The next wait with full jitter: anything up to 1, 2, 4 ... times {@code first}, {@code last} at most. It spreads
     * many agents best.
     */
    Duration nextJittered() {
        return jitter(next());
    }

    /** The next wait without jitter: 1, 2, 4 ... times {@code first}, {@code last} at most. */
    Duration next() {
        // 2^30 times any first is beyond any last.
        long factor = 1L << Math.min(attempt, 30);
        attempt++;
        Duration wait = first.multipliedBy(factor);
        return wait.compareTo(last) < 0 ? wait : last;
    }

    /** Anything from nothing to {@code most}. */
    Duration jitter(Duration most) {
        return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    /** Starts from {@code first} again. */
    void reset() {
        attempt = 0;
    }
}
