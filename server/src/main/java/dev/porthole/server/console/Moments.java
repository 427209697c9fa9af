package dev.porthole.server.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the pages write them: in UTC, which the script changes into the browser's own. */
public final class Moments {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** For people: {@code 28 Nov 2026, 04:10 UTC}. */
    public static String shown(Instant at) {
        return SHOWN.format(at);
    }
}
