package dev.porthole.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Days as date fields give them, as moments in UTC. */
final class Days {
    private Days() {}

    /** The day's end: {@code 2026-12-31} becomes the first moment of the next year. What is no day stays as it is. */
    static String end(String day) {
        try {
            return start(LocalDate.parse(day)).plus(Duration.ofDays(1)).toString();
        } catch (DateTimeParseException typed) {
            return day;
        }
    }

    /** The day's beginning. */
    static String start(String day) {
        try {
            return start(LocalDate.parse(day)).toString();
        } catch (DateTimeParseException typed) {
            return day;
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
