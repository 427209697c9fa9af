package dev.porthole.core.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
    // B-B17
    @Test
    void orderIsTheStandards() {
        // semver.org, section 11.4.4, and numbers that are no strings.
        List<SemanticVersion> ordered = versions(
                "0.9.9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.2.0",
                "1.10.0",
                "2.0.0-SNAPSHOT",
                "2.0.0",
                "99999999999999999999.0.0");
        List<SemanticVersion> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));

        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(ordered);
    }

    @Test
    void buildMetadataCountsForNothing() {
        assertThat(version("1.0.0+20130313144700"))
                .isEqualTo(version("1.0.0+other"))
                .hasToString("1.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "01.0.0",
                "1.0.0-",
                "1.0.0-01",
                "v1.0.0",
                "1.0.0 ",
                "1.0.0-a..b",
                "1.0.0+",
                "-1.0.0"
            })
    void whatIsNoVersionIsNone(String text) {
        assertThat(SemanticVersion.parse(text)).isEmpty();
    }

    private static List<SemanticVersion> versions(String... texts) {
        return java.util.Arrays.stream(texts).map(SemanticVersionTest::version).toList();
    }

    private static SemanticVersion version(String text) {
        return SemanticVersion.parse(text).orElseThrow();
    }
}
