package dev.porthole.server.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where people may have the account that they sign in with.
 *
 * @param name as in {@code sign-in.<name>.kind}; part of an account's identity, so it must stay
 * @param title what the button says
 * @param base the provider's address; for {@link Kind#OPENID} and {@link Kind#GITLAB} its issuer, character by
 *     character
 * @param clientSecret null for a public client
 * @param administrators who administers this server, in the words of {@link #allowed}
 * @param allowed who may sign in: a subject, {@code login:NAME}, a verified e-mail address, {@code @domain}, {@code *}
 */
public record ProviderSettings(
        String name,
        Kind kind,
        String title,
        URI base,
        String clientId,
        @Nullable String clientSecret,
        Set<String> administrators,
        Set<String> allowed) {
    /** What it speaks. */
    public enum Kind {
        GITHUB,
        GITLAB,
        OPENID;

        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(word));
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static String words() {
            return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
        }
    }

    public ProviderSettings {
        administrators = Set.copyOf(administrators);
        allowed = Set.copyOf(allowed);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ProviderSettings[" + name + ", " + kind.word() + ", " + base + "]";
    }
}
