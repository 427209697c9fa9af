package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpTest {
    /** The secret of RFC 6238, appendix B. */
    private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @Test // T-I9
    void codesAreThoseOfTheStandardsTable() {
        Map<Long, String> table = Map.of(
                59L, "287082",
                1_111_111_109L, "081804",
                1_111_111_111L, "050471",
                1_234_567_890L, "005924",
                2_000_000_000L, "279037",
                20_000_000_000L, "353130");

        table.forEach((second, code) -> assertThat(Totp.code(SEED, Totp.stepAt(Instant.ofEpochSecond(second))))
                .as("at %s", second)
                .isEqualTo(code));
    }

    @Test // T-I9
    void aCodeIsTakenOneStepEarlyAndOneStepLate() {
        Instant now = Instant.ofEpochSecond(1_234_567_890L);
        long step = Totp.stepAt(now);

        for (long near = step - 1; near <= step + 1; near++) {
            assertThat(Totp.stepOf(SEED, Totp.code(SEED, near), now)).hasValue(near);
        }
        assertThat(Totp.stepOf(SEED, Totp.code(SEED, step - 2), now)).isEmpty();
        assertThat(Totp.stepOf(SEED, Totp.code(SEED, step + 2), now)).isEmpty();
    }

    @Test // T-I9
    void onlySixDigitsAreACode() {
        Instant now = Instant.ofEpochSecond(1_234_567_890L);
        for (String odd : new String[] {"", "5924", "0059240", "00592x", "+05924", "٠٠٥٩٢٤"}) {
            assertThat(Totp.stepOf(SEED, odd, now)).as(odd).isEmpty();
        }
    }
}
