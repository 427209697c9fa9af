package dev.porthole.server.identity;

import dev.porthole.server.config.ProviderSettings;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a provider says that someone is.
 *
 * @param subject the provider's own id, which never becomes somebody else's
 * @param name for people to read
 * @param login the provider's unique user name, if it has one that can be relied on
 * @param email only if the provider has verified it
 */
record ExternalIdentity(
        String subject,
        String name,
        @Nullable String login,
        @Nullable String email) {
    private static final String LOGIN = "login:";

    boolean administers(ProviderSettings settings) {
        return isAmong(settings.administrators());
    }

    boolean isAllowed(ProviderSettings settings) {
        return isAmong(settings.allowed()) || administers(settings);
    }

    /**
     * Whether one of the words means this person. A login needs its {@code login:} in front: without it, somebody could
     * take another's subject as their login.
     */
    private boolean isAmong(Set<String> words) {
        return words.stream().anyMatch(this::isMeantBy);
    }

    private boolean isMeantBy(String word) {
        if (word.equals("*") || word.equals(subject)) {
            return true;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith(LOGIN)) {
            return login != null && lower.substring(LOGIN.length()).equals(login.toLowerCase(Locale.ROOT));
        }
        if (email == null || lower.indexOf('@') < 0) {
            return false;
        }
        String address = email.toLowerCase(Locale.ROOT);
        return lower.startsWith("@")
                ? address.substring(address.lastIndexOf('@')).equals(lower)
                : address.equals(lower);
    }
}
