package dev.porthole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    // T-L4
    @Test
    void controlCharactersAndTurnedReadingDirectionsAreTakenOut() {
        assertThat(PlainText.of("no\u001b[31mde\u0000\u202e x\r\ny")).isEqualTo("no[31mde x  y");
    }

    // T-L4
    @Test
    void markupStaysTextAndLengthIsBounded() {
        assertThat(PlainText.of("<b>orders</b>")).isEqualTo("<b>orders</b>");
        assertThat(PlainText.of("x".repeat(10_000))).hasSize(301).endsWith("…");
    }
}
