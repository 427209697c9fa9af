package dev.porthole.server.control;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rule for times at which something ends by itself. */
final class FutureTime {
    /** Beyond it, never is meant, and said by leaving it out; times that no clock can count don't come in. */
    private static final Duration FARTHEST = Duration.ofDays(36_500);

    private FutureTime() {}

    /**
     * Checks one, if it is given.
     *
     * @throws ProblemException 400 if it is not to come, or too far away
     */
    static void require(String field, @Nullable Instant given, Instant now) {
        if (given != null && (!given.isAfter(now) || given.isAfter(now.plus(FARTHEST)))) {
            throw ProblemException.invalid(
                    field, field + ": " + given + " (expected: a time to come, in a hundred years at most)");
        }
    }
}
