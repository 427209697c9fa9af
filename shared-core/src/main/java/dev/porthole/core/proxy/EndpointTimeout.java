package dev.porthole.core.proxy;

import dev.porthole.core.api.InvalidEndpointException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an app may think before the head of its answer comes: its user's choice, for this endpoint and no other.
 * After it the visitor gets 504.
 *
 * @param firstByte a second to an hour, in whole seconds
 */
public record EndpointTimeout(Duration firstByte) {
    /** What holds unless someone chose: {@link ProxyLimits#USUAL}. */
    public static final EndpointTimeout USUAL = new EndpointTimeout(ProxyLimits.USUAL.firstByte());

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})([smh])");

    /**
     * Reads what {@code toString} wrote, or a person typed.
     *
     * @throws InvalidEndpointException with one line that says what was given and what was expected
     */
    public static EndpointTimeout parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            Duration time = switch (parts.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
            if (time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0) {
                return new EndpointTimeout(time);
            }
        }
        throw new InvalidEndpointException(
                "timeout: " + text + " (expected: a time such as 30s, 5m or 1h, from 1s to 1h)");
    }

    /** As {@link #parse} reads it: {@code 90s}, {@code 5m}, {@code 1h}. */
    @Override
    public String toString() {
        long seconds = firstByte.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
