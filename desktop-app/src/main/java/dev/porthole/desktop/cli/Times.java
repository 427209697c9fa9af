package dev.porthole.desktop.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments as people read them: in this computer's time zone, to the second, sorted as they are written. */
final class Times {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Times() {}

    /** Such as {@code 2026-11-28 10:36:12}; a dash for null. */
    static String local(@Nullable Instant moment) {
        return moment == null
                ? "-"
                : LOCAL.format(moment.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
    }
}
