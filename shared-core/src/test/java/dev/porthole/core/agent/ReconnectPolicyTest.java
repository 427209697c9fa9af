package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.DialException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final Duration STABLE = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    // The longest that jitter gives, so that what it is taken of shows.
    private final ReconnectPolicy policy = new ReconnectPolicy(time, always(1), STABLE);

    @Test // B-A7
    void waitsDoubleToAMinute() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            seconds.add(policy.pause(Kind.ANSWERED_NO).toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test // B-A7
    void jitterIsFull() {
        ReconnectPolicy least = new ReconnectPolicy(time, always(0), STABLE);
        assertThat(least.pause(Kind.UNREACHABLE)).isZero();
        assertThat(least.pause(Kind.UNREACHABLE)).isZero();
        ReconnectPolicy middle = new ReconnectPolicy(time, always(0.5), STABLE);
        assertThat(middle.pause(Kind.UNREACHABLE)).isEqualTo(Duration.ofMillis(500));
        assertThat(middle.pause(Kind.UNREACHABLE)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test // B-A7 T-R2
    void whileNobodyListensASecondIsTheMost() {
        for (int i = 0; i < 20; i++) {
            assertThat(policy.pause(Kind.REFUSED)).isEqualTo(Duration.ofSeconds(1));
        }
        // And it has not used up the patience for answers that say no.
        assertThat(policy.pause(Kind.ANSWERED_NO)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test // B-A7
    void aCycleFetchesOnceWhateverFailed() {
        for (Kind kind : Kind.values()) {
            ReconnectPolicy cycle = new ReconnectPolicy(time, always(1), STABLE);
            assertThat(cycle.shouldFetch(kind)).isTrue();
            cycle.fetching();
            cycle.fetched();
            for (Kind next : Kind.values()) {
                assertThat(cycle.shouldFetch(next)).isFalse();
            }
        }
    }

    @Test // B-A7
    void aFetchThatFailedIsTriedAgainOnlyForACredential() {
        policy.fetching();
        assertThat(policy.shouldFetch(Kind.REFUSED)).isFalse();
        assertThat(policy.shouldFetch(Kind.UNREACHABLE)).isFalse();
        assertThat(policy.shouldFetch(Kind.ANSWERED_NO)).isFalse();
        assertThat(policy.shouldFetch(Kind.CREDENTIAL)).isTrue();
    }

    @Test // B-A7
    void aLongOutageMayOutliveTheCredential() {
        policy.fetching();
        policy.fetched();
        time.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(policy.shouldFetch(Kind.CREDENTIAL)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(policy.shouldFetch(Kind.CREDENTIAL)).isTrue();
        assertThat(policy.shouldFetch(Kind.UNREACHABLE)).isFalse();
    }

    @Test // B-A7
    void onlyAStableSpellBeginsANewCycle() {
        policy.fetching();
        policy.fetched();
        Duration _ = policy.pause(Kind.UNREACHABLE);
        Instant up = time.instant();
        time.advance(STABLE.minusMillis(1));
        policy.lost(up);
        assertThat(policy.shouldFetch(Kind.UNREACHABLE)).isFalse();
        assertThat(policy.pause(Kind.UNREACHABLE)).isEqualTo(Duration.ofSeconds(2));

        time.advance(Duration.ofMillis(1));
        policy.lost(up);
        assertThat(policy.shouldFetch(Kind.UNREACHABLE)).isTrue();
        assertThat(policy.pause(Kind.UNREACHABLE)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test // B-A7
    void whatIsLostSoonAfterBelongsToTheSameCycle() {
        Instant up = time.instant();
        time.advance(STABLE);
        assertThat(policy.lost(up)).isTrue();
        policy.fetching();
        policy.fetched();
        assertThat(policy.lost(up)).isTrue();
        assertThat(policy.shouldFetch(Kind.UNREACHABLE)).isFalse();
        time.advance(STABLE);
        assertThat(policy.lost(up)).isTrue();
        assertThat(policy.shouldFetch(Kind.UNREACHABLE)).isTrue();
    }

    /** Gives this share of what is asked for, its bound excluded. */
    static RandomGenerator always(double share) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long bound) {
                return Math.round((bound - 1) * share);
            }

            @Override
            public double nextDouble() {
                return share;
            }
        };
    }
}
