package dev.porthole.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ServerLogTest {
    private static String encode(String message, IllegalStateException failure) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "test", context.getLogger("dev.porthole.Some"), Level.WARN, message, failure, new Object[0]);
        return new String(new LineEncoder(ZoneOffset.UTC).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void timesAreInTheZoneThatWasChosen() { // B-D11
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "test", context.getLogger("dev.porthole.Some"), Level.INFO, "hello", null, new Object[0]);
        event.setInstant(Instant.parse("2026-07-01T12:00:00.500Z"));
        assertThat(new String(new LineEncoder(ZoneOffset.UTC).encode(event), StandardCharsets.UTF_8))
                .isEqualTo("2026-07-01T12:00:00.500Z INFO Some hello\n");
        assertThat(new String(new LineEncoder(ZoneId.of("Europe/Berlin")).encode(event), StandardCharsets.UTF_8))
                .isEqualTo("2026-07-01T14:00:00.500+02:00 INFO Some hello\n");
    }

    @Test
    void eachEventIsOneLineWhateverVisitorsSend() { // T-L4
        String line = encode("path /a\r\nforged\u001b[31m\u2028\u202ex", new IllegalStateException("told\nby someone"));
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContain("\n", "\r", "\u001b", "\u2028", "\u202e");
        assertThat(line).contains("WARN Some path /a\\u000d\\u000aforged\\u001b[31m\\u2028\\u202ex");
        assertThat(line).contains("IllegalStateException: told\\u000aby someone");
    }
}
