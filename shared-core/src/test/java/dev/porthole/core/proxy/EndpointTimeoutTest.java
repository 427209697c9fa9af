package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.InvalidEndpointException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTimeoutTest {
    // B-E4
    @Test
    void thirtySecondsHoldUnlessSomeoneChose() {
        assertThat(EndpointTimeout.USUAL.firstByte()).isEqualTo(Duration.ofSeconds(30));
        assertThat(EndpointTimeout.USUAL).hasToString("30s");
    }

    @ParameterizedTest
    @CsvSource({"1s,PT1S,1s", "90s,PT1M30S,90s", "120s,PT2M,2m", " 5m ,PT5M,5m", "60m,PT1H,1h", "1h,PT1H,1h"})
    void timeIsReadAndWrittenAsPeopleWriteIt(String given, Duration time, String written) {
        assertThat(EndpointTimeout.parse(given).firstByte()).isEqualTo(time);
        assertThat(EndpointTimeout.parse(given)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0s", "500ms", "61m", "3601s", "2h", "30", "s", "-1s", "1.5m", "1m 30s", "99999s", "off"})
    void otherTimesAreRefusedWithWhatWasExpected(String given) {
        assertThatThrownBy(() -> EndpointTimeout.parse(given))
                .isInstanceOf(InvalidEndpointException.class)
                .hasMessage("timeout: " + given + " (expected: a time such as 30s, 5m or 1h, from 1s to 1h)");
    }
}
