package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundTripNewsTest {
    private final RoundTripNews news = new RoundTripNews();

    @Test
    void nothingIsToldBeforeTheFirst() {
        assertThat(news.of(null)).isNull();
    }

    @Test // B-A6
    void aRoundTripIsToldInWholeMilliseconds() {
        assertThat(news.of(Duration.ofNanos(12_900_000))).isEqualTo(Duration.ofMillis(12));
    }

    @Test // B-A6
    void whatIsAboutTheSameIsNoNews() {
        assertThat(news.of(Duration.ofNanos(600_000))).isEqualTo(Duration.ZERO);
        assertThat(news.of(Duration.ofNanos(2_900_000))).isEqualTo(Duration.ZERO);
        assertThat(news.of(Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(3));
        assertThat(news.of(Duration.ofNanos(100_000))).isEqualTo(Duration.ofMillis(3));
    }

    @Test // B-A6
    void aLongOneMayChangeByAQuarter() {
        assertThat(news.of(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(200));
        assertThat(news.of(Duration.ofMillis(151))).isEqualTo(Duration.ofMillis(200));
        assertThat(news.of(Duration.ofMillis(249))).isEqualTo(Duration.ofMillis(200));
        assertThat(news.of(Duration.ofMillis(250))).isEqualTo(Duration.ofMillis(250));
    }
}
