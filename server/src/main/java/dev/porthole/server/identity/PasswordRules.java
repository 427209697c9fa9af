package dev.porthole.server.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Which passwords are taken: 12 characters or more, and none that people commonly choose (NIST SP 800-63B section
 * 5.1.1.2). Nothing is asked of upper case, digits and signs: that makes passwords worse.
 *
 * <p>Common ones of that length are nearly always short common ones made longer. So the list holds what they are made
 * of, and the rules undo the usual ways: repeated, put one after the other, digits and signs around, digits for
 * letters, a run along the keyboard or the alphabet.
 */
final class PasswordRules {
    static final int SHORTEST = 12;

    /** Bounds the work of hashing what a stranger sends. */
    static final int LONGEST = 256;

    private static final String[] RUNS = {
        "01234567890123456789",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjklzxcvbnm",
        "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "1q2w3e4r5t6y7u8i9o0p",
        "q1w2e3r4t5y6u7i8o9p0",
        "qazwsxedcrfvtgbyhnujmikolp",
        "147258369",
        "741852963",
        "a1b2c3d4e5f6g7h8i9j0"
    };

    private static final Set<String> COMMON = load();

    private PasswordRules() {}

    /** Refuses a password that is too short, too long or common, saying which. */
    static void check(String password, String user) throws UnacceptableAccountException {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw refused("password: " + length + " characters (expected: " + SHORTEST + " or more)");
        }
        if (password.length() > LONGEST) {
            throw refused("password: " + length + " characters (expected: " + LONGEST + " or fewer)");
        }
        if (isCommon(password) || isMadeOf(letters(password), Set.of(user.toLowerCase(Locale.ROOT)))) {
            throw refused(
                    "password: one of those that are guessed first (expected: a few words that only you put together)");
        }
    }

    static boolean isCommon(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        String read = letters(lower);
        return COMMON.contains(lower)
                || isRepeated(lower)
                || isRun(lower)
                || read.isEmpty()
                || isMadeOf(read, COMMON)
                || isMadeOf(unmask(read), COMMON)
                || isMadeOf(letters(unmask(lower)), COMMON)
                || isMadeOf(lower.replaceAll("[^a-z]", ""), COMMON);
    }

    /** Without digits and signs at both ends; empty if there is nothing else. */
    private static String letters(String password) {
        return password.toLowerCase(Locale.ROOT).replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
    }

    /** {@code p4$$w0rd} as it is read. */
    private static String unmask(String password) {
        return password.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('5', 's')
                .replace('7', 't')
                .replace('@', 'a')
                .replace('$', 's')
                .replace('!', 'i');
    }

    /** One to five characters again and again. */
    private static boolean isRepeated(String password) {
        for (int period = 1; period <= 5; period++) {
            String shifted = password.substring(period);
            if (password.startsWith(shifted)) {
                return true;
            }
        }
        return false;
    }

    /** Made of pieces of four or more that lie in a row, forwards or backwards. */
    private static boolean isRun(String password) {
        int from = 0;
        while (from < password.length()) {
            int length = longestRun(password, from);
            if (length < 4) {
                return password.length() - from < 3 && from >= 8;
            }
            from += length;
        }
        return true;
    }

    private static int longestRun(String password, int from) {
        int longest = 0;
        for (String run : RUNS) {
            longest = Math.max(
                    longest, Math.max(prefixIn(password, from, run), prefixIn(password, from, backwards(run))));
        }
        return longest;
    }

    private static int prefixIn(String password, int from, String run) {
        int length = 0;
        while (from + length < password.length() && run.contains(password.substring(from, from + length + 1))) {
            length++;
        }
        return length;
    }

    private static String backwards(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /**
     * Whether a text is one listed word, or two at most one after the other with digits and signs between. Three and
     * more make a passphrase, and that is what we ask for.
     */
    private static boolean isMadeOf(String text, Set<String> words) {
        if (words.contains(text)) {
            return true;
        }
        for (int split = 3; split < text.length() - 2; split++) {
            if (words.contains(text.substring(0, split)) && words.contains(letters(text.substring(split)))) {
                return true;
            }
            if (words.contains(letters(text.substring(0, split))) && words.contains(text.substring(split))) {
                return true;
            }
        }
        return isRepeatedWord(text, words);
    }

    private static boolean isRepeatedWord(String text, Set<String> words) {
        for (int length = 3; length <= text.length() / 2; length++) {
            String word = text.substring(0, length);
            if (words.contains(word) && text.replace(word, "").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static UnacceptableAccountException refused(String message) {
        return new UnacceptableAccountException("password", message);
    }

    private static Set<String> load() {
        InputStream file = Objects.requireNonNull(
                PasswordRules.class.getResourceAsStream("common-passwords.txt"),
                "common-passwords.txt is not in the jar");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            Set<String> common = new HashSet<>();
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(line -> java.util.stream.Stream.of(line.strip().split("\\s+")))
                    .forEach(common::add);
            return Set.copyOf(common);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
