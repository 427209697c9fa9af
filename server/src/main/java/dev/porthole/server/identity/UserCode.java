package dev.porthole.server.identity;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * What people type to let a device in: eight letters of twenty, so 34.5 random bits. Without vowels and Y no word comes
 * out, and no digits can be taken for letters (RFC 8628 section 6.1). Enough, because guesses are throttled: twenty of
 * them in ten minutes, while a hundred devices wait, find one of these with a chance of one in thirteen million.
 *
 * @param letters eight letters of {@link #ALPHABET}
 */
record UserCode(String letters) {
    static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    static final int LENGTH = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    static UserCode next() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new UserCode(letters.toString());
    }

    /** What someone typed, with whatever case, dashes and spaces; empty if it can't be one. */
    static Optional<UserCode> typed(String text) {
        String letters = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        boolean possible = text.length() <= 64
                && letters.length() == LENGTH
                && letters.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0);
        return possible ? Optional.of(new UserCode(letters)) : Optional.empty();
    }

    /** As it is shown: {@code BCDF-GHJK}. */
    String shown() {
        return letters.substring(0, 4) + "-" + letters.substring(4);
    }

    /** Without the letters: whoever reads a log must not let a device in. */
    @Override
    public String toString() {
        return "UserCode";
    }
}
