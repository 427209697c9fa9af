package dev.porthole.core.update;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to ask a feed by itself: once a day, and up to four hours later, so that not all ask at once. Keeps nothing:
 * whoever asks keeps when that was.
 */
public final class UpdateTimes {
    private static final Duration BETWEEN = Duration.ofDays(1);
    private static final Duration JITTER = Duration.ofHours(4);
    /** Not at the very start, which has better things to do. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final RandomGenerator random;

    public UpdateTimes(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * How long to wait from now.
     *
     * @param last the last check; empty for none yet. One that lies in the future, after the clock was set back, counts
     *     as none
     */
    public Duration untilNext(Optional<Instant> last) {
        Instant now = clock.instant();
        Duration jitter = Duration.ofMillis(random.nextLong(JITTER.toMillis()));
        if (last.isEmpty() || last.get().isAfter(now)) {
            return FIRST;
        }
        Duration wait = Duration.between(now, last.get().plus(BETWEEN)).plus(jitter);
        return wait.compareTo(FIRST) < 0 ? FIRST : wait;
    }
}
