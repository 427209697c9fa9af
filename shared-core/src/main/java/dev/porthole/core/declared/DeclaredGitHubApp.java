package dev.porthole.core.declared;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App whose webhook is to point at a tunnel. Where GitHub's API is, and the secrets themselves, are not the
 * file's to say: a file that came with someone's code must not choose whom a key speaks to.
 *
 * @param appId its client id or application id
 * @param privateKey the file with its private key; null: the environment has it
 * @param path where the app's code takes deliveries, such as {@code /webhook}
 * @param secret the file with the webhook's secret; null: it stays as it is, unless the environment has one
 */
public record DeclaredGitHubApp(
        String appId,
        @Nullable Path privateKey,
        String path,
        @Nullable Path secret) {
    private static final Pattern APP_ID = Pattern.compile("[A-Za-z0-9.]{1,64}");

    /** RFC 3986, section 3.3, and a query. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~!$&'()*+,;=:@%?-]{0,512}");

    /** Fails with {@link IllegalArgumentException}, whose line says what was given and what was expected. */
    public DeclaredGitHubApp {
        appId(appId);
        path(path);
    }

    static String appId(String text) {
        return matching("app-id", text, APP_ID, "an app's client id or number");
    }

    static String path(String text) {
        return matching("path", text, PATH, "a path such as /webhook");
    }

    private static String matching(String field, String text, Pattern form, String expected) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(field + ": " + YamlText.shown(text) + " (expected: " + expected + ")");
        }
        return text;
    }
}
