package dev.porthole.desktop.ui;

import java.time.Duration;

/** Spans of time as people say them. */
public final class Spans {
    private Spans() {}

    /** A stopwatch's: {@code 0.08 s}, {@code 3.2 s}, {@code 2 min 5 s}. */
    public static String precise(Duration span) {
        double seconds = Math.max(0, span.toMillis()) / 1000.0;
        if (seconds < 1) {
            return String.format(Texts.formats(), "%.2f s", seconds);
        }
        if (seconds < 60) {
            return String.format(Texts.formats(), "%.1f s", seconds);
        }
        return span.toMinutes() + " min " + span.toSecondsPart() + " s";
    }

    /** How long a program has been running: "started 2 minutes ago". */
    public static String started(Duration age) {
        if (age.toMinutes() < 1) {
            return Texts.text("age.justNow");
        }
        if (age.toHours() < 1) {
            return Texts.text("age.minutes", age.toMinutes());
        }
        if (age.toDays() < 1) {
            return Texts.text("age.hours", age.toHours());
        }
        return Texts.text("age.days", age.toDays());
    }
}
