package dev.porthole.core.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App whose webhook is to be set.
 *
 * @param id its client id or application id
 * @param path where its code takes deliveries, below a tunnel's address
 * @param secret the webhook's new secret; null leaves the one it has
 * @param api the base of GitHub's API, without a slash at the end
 */
public record GitHubApp(
        String id, AppKey key, String path, @Nullable String secret, URI api) {
    /** Where github.com's API is. */
    public static final String API = "https://api.github.com";

    /** The private key itself, in PEM. */
    public static final String KEY_VARIABLE = "PORTHOLE_GITHUB_APP_KEY";

    /** The webhook's secret. */
    public static final String SECRET_VARIABLE = "PORTHOLE_GITHUB_WEBHOOK_SECRET";

    /** The base of the API of a GitHub Enterprise Server: {@code https://HOST/api/v3}. */
    public static final String API_VARIABLE = "PORTHOLE_GITHUB_API";

    /** Not a name that begins like one. */
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(?:\\.\\d{1,3}){3}");

    private static final long MOST_BYTES = 64 * 1024;

    /** What GitHub takes for a secret is not said; this keeps whole files from being sent as one. */
    private static final int LONGEST_SECRET = 512;

    /**
     * Reads key and secret from their files, else from the environment.
     *
     * @param keyFile null: {@value #KEY_VARIABLE}
     * @param secretFile null: {@value #SECRET_VARIABLE}, if it is set
     * @throws IllegalArgumentException with one line that says what was expected, and nothing of a secret
     */
    public static GitHubApp of(
            String id,
            @Nullable Path keyFile,
            String path,
            @Nullable Path secretFile,
            Map<String, String> environment) {
        String pem = keyFile == null ? environment.get(KEY_VARIABLE) : read("the app's private key", keyFile);
        if (pem == null || pem.isBlank()) {
            throw new IllegalArgumentException(
                    "the app's private key: not given (expected: its file, or " + KEY_VARIABLE + ")");
        }
        String secret =
                secretFile == null ? environment.get(SECRET_VARIABLE) : read("the webhook's secret", secretFile);
        return new GitHubApp(
                id,
                AppKey.parse(pem),
                path,
                secret == null || secret.isBlank() ? null : secret(secret.strip()),
                api(environment.getOrDefault(API_VARIABLE, API)));
    }

    /** The address that deliveries are to go to. */
    String hook(String tunnelUrl) {
        return (tunnelUrl.endsWith("/") ? tunnelUrl.substring(0, tunnelUrl.length() - 1) : tunnelUrl) + path;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "GitHubApp[id=" + id + ", path=" + path + ", secret=" + (secret == null ? "none" : "given") + ", api="
                + api + "]";
    }

    private static String read(String what, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(what + ": " + file + " (expected: a file of 64 KiB at most)");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(what + ": " + file + " (expected: a file that can be read)", unreadable);
        }
    }

    private static String secret(String text) {
        if (text.length() > LONGEST_SECRET || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the webhook's secret: " + text.length()
                    + " characters, or several lines" + " (expected: one line of 1-" + LONGEST_SECRET + " characters)");
        }
        return text;
    }

    private static URI api(String text) {
        try {
            URI uri = new URI(text.strip().replaceFirst("/+$", ""));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            boolean plain = scheme.equals("http") && host != null && isLoopback(host);
            if (host != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && (scheme.equals("https") || plain)) {
                return uri;
            }
        } catch (URISyntaxException broken) {
            throw noApi(text, broken);
        }
        throw noApi(text, null);
    }

    /** A host of this computer by its name alone. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || IPV4_LOOPBACK.matcher(name).matches()
                || name.equals("[::1]");
    }

    private static IllegalArgumentException noApi(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                API_VARIABLE + ": " + text
                        + " (expected: the API's address, such as https://github.example.com/api/v3)",
                cause);
    }
}
