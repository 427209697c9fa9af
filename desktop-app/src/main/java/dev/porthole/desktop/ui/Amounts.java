package dev.porthole.desktop.ui;

import static dev.porthole.desktop.ui.Texts.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** Rates, sizes and moments as people read them. */
public final class Amounts {
    private static final double STEP = 1000;

    private Amounts() {}

    /** Requests per second: {@code 12.4/s}, {@code 0.3/s}, {@code 1,240/s}; a dash for none. */
    public static String rate(double perSecond) {
        if (perSecond <= 0) {
            return text("amount.none");
        }
        return perSecond < 100 ? text("amount.rate", perSecond) : text("amount.rate.large", perSecond);
    }

    /** Bytes: {@code 48 kB}, {@code 1.2 MB}. */
    public static String bytes(double bytes) {
        if (bytes < STEP) {
            return text("amount.bytes", bytes);
        }
        if (bytes < STEP * STEP) {
            return text("amount.kilobytes", bytes / STEP);
        }
        if (bytes < STEP * STEP * STEP) {
            return text("amount.megabytes", bytes / (STEP * STEP));
        }
        return text("amount.gigabytes", bytes / (STEP * STEP * STEP));
    }

    /** How long someone has been there: {@code 4 minutes}. */
    public static String span(Duration span) {
        long minutes = Math.max(0, span.toMinutes());
        return minutes < 1 ? text("amount.moment") : text("amount.minutes", minutes);
    }

    /** When something was: {@code now}, {@code 4 min ago}, {@code 10:42}, {@code 3 Nov}. */
    public static String when(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toSeconds() < 10) {
            return text("when.now");
        }
        if (age.toMinutes() < 1) {
            return text("when.seconds", age.toSeconds());
        }
        if (age.toHours() < 1) {
            return text("when.minutes", age.toMinutes());
        }
        return clock(then, now);
    }

    /** A time of today, or a day before it. */
    public static String clock(Instant then, Instant now) {
        ZoneId zone = ZoneId.systemDefault();
        LocalDate day = LocalDate.ofInstant(then, zone);
        DateTimeFormatter form = day.equals(LocalDate.ofInstant(now, zone))
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
        return form.withLocale(Texts.formats()).format(then.atZone(zone));
    }
}
