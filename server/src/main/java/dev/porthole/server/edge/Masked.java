package dev.porthole.server.edge;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a log may say of a request: no secret of a visitor's, an app's, or ours. Secrets are told by the names that they
 * stand under, and by their looks: base64url of 24 bytes and more, which no word is, such as a one-time link's last
 * segment or a token's parts.
 */
final class Masked {
    /** What stands in a secret's place. */
    static final String MASK = "***";

    private static final Set<String> SECRET_FIELDS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "porthole-edge-secret");

    private static final Pattern SECRET_NAME = Pattern.compile(
            "token|secret|passw|credential|api[-_]?key|^key$|^code$|verifier|signature|^sig$|auth|session|jwt|assertion|otp");

    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_-]{32,}");

    private static final Pattern PARAMETER = Pattern.compile("([^?&;=\\s\"]+)=([^&;\\s\"]*)");

    private Masked() {}

    /** A request target without its query, and without what looks like a secret in its path. */
    static String path(String target) {
        int query = target.indexOf('?');
        return opaque(query < 0 ? target : target.substring(0, query));
    }

    /** A text that may hold a URL: without what looks like a secret, or stands in a query under a secret's name. */
    static String text(String text) {
        return opaque(PARAMETER
                .matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        found.group(1) + "=" + (isSecretName(found.group(1)) ? MASK : found.group(2)))));
    }

    /** A field's value. */
    static String field(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_FIELDS.contains(lower) || isSecretName(lower) ? MASK : text(value);
    }

    /** All fields in one line: {@code name: value; name: value}. */
    static String fields(HttpHeaders headers) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, String> field : headers) {
            line.append(line.isEmpty() ? "" : "; ")
                    .append(field.getKey())
                    .append(": ")
                    .append(field(field.getKey(), field.getValue()));
        }
        return line.toString();
    }

    private static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    private static String opaque(String text) {
        if (text.length() < 32) {
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
