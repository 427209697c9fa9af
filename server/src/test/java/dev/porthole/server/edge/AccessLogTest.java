package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessLogTest {
    @Test
    void linesHoldNoQueryAndNoLinksSecret() { // T-C6
        String secret = "phi_" + "aB3-_".repeat(8) + "xyz";
        assertThat(Masked.path("/invitations/" + secret)).isEqualTo("/invitations/***");
        assertThat(Masked.path("/api/v1/invitations/" + secret + "/accept?next=" + secret))
                .isEqualTo("/api/v1/invitations/***/accept");
        assertThat(Masked.path("/a?token=b")).isEqualTo("/a");
        for (String plain : new String[] {"/", "*", "/phones/phi_short", "/photos/2026"}) {
            assertThat(Masked.path(plain)).isEqualTo(plain);
        }
    }
}
