package dev.porthole.server.edge;

import dev.porthole.core.wire.LoggedTarget;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a log may say of a request: no secret of a visitor's, an app's, or ours. Secrets are told by the names that they
 * stand under, and by their looks ({@link LoggedTarget}).
 */
final class Masked {
    /** What stands in a secret's place. */
    static final String MASK = LoggedTarget.MASK;

    private static final Set<String> SECRET_FIELDS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "porthole-edge-secret");

    private static final Pattern SECRET_NAME = Pattern.compile(
            "token|secret|passw|credential|api[-_]?key|^key$|^code$|verifier|signature|^sig$|auth|session|jwt|assertion|otp");

    private static final Pattern PARAMETER = Pattern.compile("([^?&;=\\s\"]+)=([^&;\\s\"]*)");

    private Masked() {}

    /** A request target without its query, and without what looks like a secret in its path. */
    static String path(String target) {
        return LoggedTarget.of(target);
    }

    /** A text that may hold a URL: without what looks like a secret, or stands in a query under a secret's name. */
    static String text(String text) {
        return LoggedTarget.withoutSecrets(PARAMETER
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
}
