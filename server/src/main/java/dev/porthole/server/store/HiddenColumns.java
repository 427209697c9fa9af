package dev.porthole.server.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Which columns nobody is shown, administrators included: what they hold is a secret, or could be turned into one. By
 * name and type alone, so that a column which a later migration adds is hidden as well: a column for a secret has one
 * of these words in its name, or holds bytes.
 */
final class HiddenColumns {
    private static final Set<String> WORDS = Set.of(
            "hash",
            "sealed",
            "secret",
            "secrets",
            "password",
            "token",
            "tokens",
            "challenge",
            "verifier",
            "nonce",
            "state",
            "code",
            "codes",
            "totp",
            "seed",
            "salt",
            "key",
            "body",
            "fingerprint",
            "successor",
            "browser");
    private static final Set<String> BYTES = Set.of("blob", "bytea");

    private HiddenColumns() {}

    /**
     * Whether it is hidden.
     *
     * @param type as the database calls it
     */
    static boolean hides(String column, String type) {
        return BYTES.contains(type.toLowerCase(Locale.ROOT))
                || Arrays.stream(column.toLowerCase(Locale.ROOT).split("_", -1)).anyMatch(WORDS::contains);
    }
}
