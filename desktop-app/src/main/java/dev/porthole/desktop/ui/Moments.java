package dev.porthole.desktop.ui;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** Points in time as people say them where they are, in the language of the texts. */
public final class Moments {
    private final InstantSource clock;
    private final ZoneId zone;

    public Moments(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** Of this computer. */
    public static Moments ofThisComputer(InstantSource clock) {
        return new Moments(clock, ZoneId.systemDefault());
    }

    /** With the day only if it was another one: {@code 10:42}, {@code yesterday, 10:42}, {@code 21 Nov 2026, 10:42}. */
    public String of(Instant at) {
        ZonedDateTime there = at.atZone(zone);
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        String hours = spoken(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT), there);
        if (there.toLocalDate().equals(today)) {
            return hours;
        }
        if (there.toLocalDate().equals(today.minusDays(1))) {
            return Texts.text("moment.yesterday", hours);
        }
        return Texts.text("moment.day", spoken(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM), there), hours);
    }

    /** A day: {@code 21 Nov 2026}. */
    public String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(Texts.formats())
                .format(day);
    }

    /** To the second, with the day; for a tooltip. */
    public String whole(Instant at) {
        return spoken(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.MEDIUM), at.atZone(zone));
    }

    private static String spoken(DateTimeFormatter format, ZonedDateTime at) {
        return format.withLocale(Texts.formats()).format(at);
    }
}
