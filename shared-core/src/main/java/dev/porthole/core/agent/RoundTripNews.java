package dev.porthole.core.agent;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A round trip as people are told of it: in whole milliseconds, and what they were told before for as long as that is
 * about right. Each measurement is a little different from the last one, and a window would be drawn afresh for it. Not
 * for several threads at once.
 */
final class RoundTripNews {
    /** What changes by less is no news. */
    private static final Duration LEAST = Duration.ofMillis(3);

    private @Nullable Duration told;

    /** What to tell now. Null before the first measurement. */
    @Nullable
    Duration of(@Nullable Duration measured) {
        if (measured == null || told == null || !isAbout(told, measured)) {
            told = measured == null ? null : measured.truncatedTo(ChronoUnit.MILLIS);
        }
        return told;
    }

    private static boolean isAbout(Duration told, Duration measured) {
        Duration quarter = told.dividedBy(4);
        Duration slack = quarter.compareTo(LEAST) < 0 ? LEAST : quarter;
        return told.minus(measured).abs().compareTo(slack) < 0;
    }
}
