package dev.porthole.core.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdateTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    private final UpdateTimes times = new UpdateTimes(InstantSource.fixed(NOW), new Random(42));

    // B-B17
    @Test
    void nextLookIsADayLaterAndUpToFourHoursMore() {
        for (int many = 0; many < 1000; many++) {
            assertThat(times.untilNext(Optional.of(NOW))).isBetween(Duration.ofHours(24), Duration.ofHours(28));
        }
        assertThat(times.untilNext(Optional.of(NOW))).isNotEqualTo(times.untilNext(Optional.of(NOW)));
    }

    @Test
    void whoNeverLookedDoesSoon() {
        assertThat(times.untilNext(Optional.empty())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whoWasAwayForAWeekDoesWithinTheJitter() {
        assertThat(times.untilNext(Optional.of(NOW.minus(Duration.ofDays(7)))))
                .isBetween(Duration.ofMinutes(1), Duration.ofHours(4));
    }

    @Test
    void lookInTheFutureCountsAsNone() {
        assertThat(times.untilNext(Optional.of(NOW.plus(Duration.ofDays(400))))).isEqualTo(Duration.ofMinutes(1));
    }
}
