package dev.porthole.server.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where codes may be sent: {@code https} addresses, compared as text (RFC 9700 section 4.1.3), and loopback IP literals
 * with any port and the registered path (RFC 8252 section 7.3). Never {@code localhost}, which may be resolved to
 * somewhere else (section 8.3), and never a scheme of a program's own, which any program can claim.
 */
final class RedirectUris {
    private static final int LONGEST = 500;
    private static final Pattern LOOPBACK = Pattern.compile(
            "http://(?:127\\.0\\.0\\.1|\\[::1\\])(?::([1-9][0-9]{0,4}))?((?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*)");

    private RedirectUris() {}

    /** Whether an address that a client names is one that it registered. */
    static boolean matches(String registered, String given) {
        Matcher kept = LOOPBACK.matcher(registered);
        if (!kept.matches()) {
            return registered.equals(given);
        }
        Matcher named = LOOPBACK.matcher(given);
        return named.matches()
                && named.group(1) != null
                && Integer.parseInt(named.group(1)) <= 65_535
                && named.group(2).equals(kept.group(2));
    }

    /** Whether it leads back to the person's own computer. */
    static boolean isLoopback(String redirectUri) {
        return LOOPBACK.matcher(redirectUri).matches();
    }

    /** What is wrong with an address that is to be registered; null if nothing is. */
    static @Nullable String fault(String given) {
        String wanted = " (expected: https://… or http://127.0.0.1/…, without query, fragment and user)";
        if (given.length() > LONGEST) {
            return given.length() + " characters (expected: " + LONGEST + " or fewer)";
        }
        try {
            URI uri = new URI(given);
            boolean https = "https".equals(uri.getScheme()) && uri.getHost() != null;
            boolean plain = uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && uri.equals(uri.normalize())
                    && given.chars().allMatch(character -> character > 0x20 && character < 0x7f);
            return plain && (https || isLoopback(given)) ? null : given + wanted;
        } catch (URISyntaxException notAnAddress) {
            return given + wanted;
        }
    }
}
