package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationTest {
    @Test // T-I10, B-D13
    void aPageOfOursIsWherePeopleGoBackTo() {
        for (String page : List.of("/", "/console", "/console/projects/prj_1?cursor=a%2Fb&limit=5", "/second-factor")) {
            assertThat(Destination.page(page).page()).isEqualTo(page);
        }
    }

    @Test // T-I10, B-D14
    void nothingElseIs() {
        for (String elsewhere : List.of(
                "",
                "console",
                "//evil.example",
                "/\\evil.example",
                "/a\\b",
                "https://evil.example/",
                "/console\r\nSet-Cookie: a=b",
                "/a b",
                "/ä",
                "/" + "a".repeat(3000))) {
            assertThat(Destination.page(elsewhere)).isEqualTo(Destination.FRONT);
        }
    }
}
