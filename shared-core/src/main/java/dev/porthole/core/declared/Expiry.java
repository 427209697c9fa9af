package dev.porthole.core.declared;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a declared tunnel goes by itself. */
public sealed interface Expiry {
    /** So long after it is turned on; each time anew. */
    record After(Duration time) implements Expiry {
        @Override
        public Instant from(Instant now) {
            return now.plus(time);
        }
    }

    /** Then. */
    record At(Instant moment) implements Expiry {
        @Override
        public Instant from(Instant now) {
            return moment;
        }
    }

    /** The time that it means for a tunnel that is turned on now. */
    Instant from(Instant now);

    /** What a duration looks like: a number and a unit, from a minute to a year. */
    Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    /** The longest duration. */
    Duration LONGEST = Duration.ofDays(366);

    /**
     * Reads {@code 90m}, {@code 8h}, {@code 7d} or a time (RFC 3339) such as {@code 2026-12-24T18:00:00Z}.
     *
     * @throws IllegalArgumentException with one line that says what was given and what was expected
     */
    static Expiry parse(String text) {
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            long number = Long.parseLong(duration.group(1));
            Duration time = switch (duration.group(2)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (time.compareTo(LONGEST) <= 0) {
                return new After(time);
            }
        }
        try {
            return new At(OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeParseException neither) {
            throw new IllegalArgumentException(
                    "expires: " + text + " (expected: a time after it is turned on, such as 90m, 8h or 7d, to 366d,"
                            + " or a moment such as 2026-12-24T18:00:00Z)",
                    neither);
        }
    }
}
