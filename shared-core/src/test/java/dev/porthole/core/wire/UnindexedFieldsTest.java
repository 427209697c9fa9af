package dev.porthole.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnindexedFieldsTest {
    // T-W10: one visitor learns nothing of another's secrets from the session's compression.
    @ParameterizedTest
    @CsvSource({
        "cookie, true",
        "set-cookie, true",
        "authorization, true",
        "porthole-request-id, true",
        "accept, false",
        "cookies, false",
        "content-type, false",
        "x-forwarded-for, false"
    })
    void secretsAndWhatNeverComesAgainStayOutOfTheTable(String name, boolean unindexed) {
        assertThat(UnindexedFields.contains(name)).isEqualTo(unindexed);
    }
}
