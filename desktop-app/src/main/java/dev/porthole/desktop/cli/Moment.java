package dev.porthole.desktop.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time as people type it. */
sealed interface Moment {
    /** What is read, for messages and help. */
    String EXPECTED = "a time such as 30m, 12h or 7d, or 2026-12-24, 2026-12-24T18:00 or 2026-12-24T18:00:00Z";

    /** So long from now, or before. */
    record Away(Duration by) implements Moment {}

    /** That one. */
    record At(Instant instant) implements Moment {}

    /** No moment at all. */
    record Never() implements Moment {}

    /** With {@link Away} counted forwards; empty for never. */
    default Optional<Instant> after(InstantSource clock) {
        return switch (this) {
            case Away away -> Optional.of(clock.instant().plus(away.by()));
            case At at -> Optional.of(at.instant());
            case Never _ -> Optional.empty();
        };
    }

    /** With {@link Away} counted backwards; empty for never. */
    default Optional<Instant> before(InstantSource clock) {
        return switch (this) {
            case Away away -> Optional.of(clock.instant().minus(away.by()));
            case At at -> Optional.of(at.instant());
            case Never _ -> Optional.empty();
        };
    }

    /** Reads a moment; local ones are of this computer's time zone. */
    final class Reader implements ITypeConverter<Moment> {
        private static final Pattern AWAY = Pattern.compile("([0-9]{1,6})([smhdw])");

        @Override
        public Moment convert(String value) {
            String text = value.strip();
            Matcher away = AWAY.matcher(text.toLowerCase(Locale.ROOT));
            if (away.matches()) {
                return new Away(unit(away.group(2)).multipliedBy(Long.parseLong(away.group(1))));
            }
            if (text.equalsIgnoreCase("never")) {
                return new Never();
            }
            try {
                if (text.indexOf('T') < 0) {
                    return new At(LocalDate.parse(text)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant());
                }
                return new At(
                        text.matches(".*([Zz]|[+-][0-9]{2}:[0-9]{2})")
                                ? java.time.OffsetDateTime.parse(text).toInstant()
                                : LocalDateTime.parse(text)
                                        .atZone(ZoneId.systemDefault())
                                        .toInstant());
            } catch (DateTimeParseException unknown) {
                throw new TypeConversionException(text + " (expected: " + EXPECTED + ")");
            }
        }

        private static Duration unit(String letter) {
            return switch (letter) {
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                case "d" -> Duration.ofDays(1);
                default -> Duration.ofDays(7);
            };
        }
    }
}
