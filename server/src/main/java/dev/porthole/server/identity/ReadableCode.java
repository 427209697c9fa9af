package dev.porthole.server.identity;

import java.security.SecureRandom;
import java.util.Locale;

/** Random letters and digits that don't look alike, for people to type: five random bits each. */
final class ReadableCode {
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ReadableCode() {}

    /** A fresh one, such as {@code ABCD-EFGH-JKLM}. */
    static String next(int letters) {
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            made.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return made.toString();
    }

    /** The letters alone, from what someone typed with whatever case, dashes and spaces. */
    static String letters(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[-\\s]", "");
    }
}
