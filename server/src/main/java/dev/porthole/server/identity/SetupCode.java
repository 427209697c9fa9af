package dev.porthole.server.identity;

import java.security.SecureRandom;
import java.util.Locale;

/**
 * The one-time code that makes whoever reads the server's log its first administrator: 60 random bits in letters and
 * digits that don't look alike. It lives in memory; each start has another.
 */
final class SetupCode {
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int LENGTH = 12;

    private final String letters;

    SetupCode() {
        StringBuilder made = new StringBuilder();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < LENGTH; i++) {
            made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        this.letters = made.toString();
    }

    /** As it is printed: {@code ABCD-EFGH-JKLM}. */
    String shown() {
        return letters.substring(0, 4) + "-" + letters.substring(4, 8) + "-" + letters.substring(8);
    }

    /** Whether someone typed it, with whatever case, dashes and spaces. */
    boolean matches(String typed) {
        return OpaqueToken.same(letters, typed.toUpperCase(Locale.ROOT).replaceAll("[-\\s]", ""));
    }

    @Override
    public String toString() {
        return "SetupCode";
    }
}
