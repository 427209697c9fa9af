package dev.porthole.desktop.palette;

import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How well something typed in a hurry fits some words. The letters have to come in their order; they count for more at
 * the beginnings of words and in a row, and less the later they begin. Case and accents do not matter; each word that
 * is typed is looked for by itself, in any order.
 */
final class Fuzzy {
    private static final int LETTER = 1;
    private static final int IN_A_ROW = 5;
    private static final int WORD_BEGINS = 8;
    private static final int VERY_FIRST = 4;
    private static final int WHOLE = 20;
    private static final int MOST_FOR_BEGINNING_LATE = 5;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Fuzzy() {}

    /** How well {@code typed} fits {@code words}, the more the better; empty if it does not. Nothing typed fits all. */
    static OptionalInt score(String typed, String words) {
        String where = plain(words);
        int sum = 0;
        for (String part : SPACES.splitAsStream(plain(typed).strip()).toList()) {
            if (part.isEmpty()) {
                continue;
            }
            int score = best(part, where);
            if (score < 0) {
                return OptionalInt.empty();
            }
            sum += score;
        }
        return OptionalInt.of(sum);
    }

    /** Over all places where the first letter stands; -1 if none leads to the end. */
    private static int best(String part, String where) {
        int best = -1;
        for (int from = where.indexOf(part.charAt(0)); from >= 0; from = where.indexOf(part.charAt(0), from + 1)) {
            best = Math.max(best, from(part, where, from));
        }
        return best;
    }

    private static int from(String part, String where, int start) {
        int score = 0;
        int before = -2;
        int at = start;
        for (int letter = 0; letter < part.length(); letter++) {
            at = letter == 0 ? start : next(where, part.charAt(letter), before);
            if (at < 0) {
                return -1;
            }
            score += LETTER;
            if (at == before + 1) {
                score += IN_A_ROW;
            }
            if (beginsWord(where, at)) {
                score += WORD_BEGINS;
            }
            before = at;
        }
        if (start == 0) {
            score += VERY_FIRST;
        }
        boolean whole = at - start == part.length() - 1 && beginsWord(where, start) && endsWord(where, at);
        return Math.max(0, score + (whole ? WHOLE : 0) - Math.min(MOST_FOR_BEGINNING_LATE, start / 4));
    }

    /** In a row if that goes, else where a word begins with the letter, else anywhere. */
    private static int next(String where, char letter, int before) {
        int first = where.indexOf(letter, before + 1);
        if (first == before + 1) {
            return first;
        }
        for (int at = first; at >= 0; at = where.indexOf(letter, at + 1)) {
            if (beginsWord(where, at)) {
                return at;
            }
        }
        return first;
    }

    private static boolean beginsWord(String where, int at) {
        return at == 0 || !Character.isLetterOrDigit(where.charAt(at - 1));
    }

    private static boolean endsWord(String where, int at) {
        return at == where.length() - 1 || !Character.isLetterOrDigit(where.charAt(at + 1));
    }

    private static String plain(String words) {
        return MARKS.matcher(Normalizer.normalize(words, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
