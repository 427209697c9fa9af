package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.ApiKey;
import java.util.List;

/** Finds the API key that someone means. */
final class Keys {
    static final String WHICH = "The key's id, its first characters as 'porthole keys list' shows them, or its name.";

    private Keys() {}

    /** The active project's key of this id, prefix or name. Asks the server. */
    static ApiKey named(Session session, String given) throws PortholeException {
        session.requireSignIn();
        session.requireProject();
        List<ApiKey> all = session.porthole().keys().list();
        List<ApiKey> found = all.stream()
                .filter(key -> key.id().equals(given) || key.prefix().equals(given))
                .toList();
        if (found.isEmpty()) {
            found = all.stream().filter(key -> key.name().equals(given)).toList();
        }
        if (found.size() > 1) {
            throw new PortholeException(
                    Kind.WRONG_USE, "key: " + given + " (expected: the id of one; " + found.size() + " are called so)");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new PortholeException(
                        // A whole secret, pasted here, is not repeated.
                        Kind.NOT_FOUND,
                        "key: " + (given.length() > 40 ? given.substring(0, 8) + "..." : given)
                                + " (expected: one that 'porthole keys list' shows)"));
    }
}
