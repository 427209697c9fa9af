package dev.porthole.server.control;

import java.util.Map;
import java.util.regex.Pattern;

/** The bounds of what owners note about a tunnel. */
final class TunnelMetadata {
    private static final int MOST = 32;
    private static final int LONGEST_VALUE = 255;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");

    private TunnelMetadata() {}

    /**
     * What was given, if it may be noted.
     *
     * @throws ProblemException 400 that says what was expected
     */
    static Map<String, String> checked(Map<String, String> given) {
        if (given.size() > MOST) {
            throw ProblemException.invalid(
                    "metadata", "metadata: " + given.size() + " entries (expected: at most " + MOST + ")");
        }
        given.forEach(TunnelMetadata::check);
        return given;
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.invalid(
                    "metadata",
                    "metadata: a name of " + key.length()
                            + " characters (expected: 1-63 letters, digits, . _ - and /, with a letter or a digit at"
                            + " both ends)");
        }
        // Jackson leaves nulls in a map of texts.
        if ((Object) value == null
                || value.length() > LONGEST_VALUE
                || value.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    "metadata." + key,
                    "metadata." + key + ": expected one line of at most " + LONGEST_VALUE + " characters");
        }
    }
}
