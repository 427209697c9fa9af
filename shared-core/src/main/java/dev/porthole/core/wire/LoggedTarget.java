package dev.porthole.core.wire;

import java.util.regex.Pattern;

/**
 * What an access line may say of a request's target, at the server and at the agent alike: no query, which holds other
 * people's secrets, and nothing that looks like a secret itself: base64url of 32 characters and more, which no word is,
 * such as a one-time link's last segment.
 */
public final class LoggedTarget {
    /** What stands in a secret's place. */
    public static final String MASK = "***";

    private static final int SHORTEST = 32;
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{" + SHORTEST + ",}");

    private LoggedTarget() {}

    /** A request target without its query, and without what looks like a secret in its path. */
    public static String of(String target) {
        int query = target.indexOf('?');
        return withoutSecrets(query < 0 ? target : target.substring(0, query));
    }

    /** A text without what looks like a secret. */
    public static String withoutSecrets(String text) {
        if (text.length() < SHORTEST) {
            return text;
        }
        return OPAQUE.matcher(text).replaceAll(found -> looksRandom(found.group()) ? MASK : found.group());
    }

    /** Our ids, and other hexadecimal numbers, have no capital letters; words joined with hyphens have none either. */
    private static boolean looksRandom(String word) {
        boolean capital = false;
        boolean small = false;
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            capital |= c >= 'A' && c <= 'Z';
            small |= c >= 'a' && c <= 'z';
        }
        return capital && small;
    }
}
