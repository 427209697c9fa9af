package dev.porthole.core.folder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@code Range} (RFC 9110, section 14.2) asks of a file. */
sealed interface ByteRange {
    /** All of it: no range, one that can't be read, or several at once, which a server may ignore. */
    record Whole() implements ByteRange {}

    /** These bytes, both ends included. */
    record Part(long first, long last) implements ByteRange {}

    /** Bytes that the file does not have. */
    record Unsatisfiable() implements ByteRange {}

    /** One range of bytes: {@code 0-499}, {@code 500-}, {@code -500}. */
    Pattern ONE = Pattern.compile("(?i:bytes)=\\s*([0-9]*)-([0-9]*)\\s*");

    /** The longest run of digits that certainly fits a long; more means "beyond any file". */
    int DIGITS = 18;

    static ByteRange of(@Nullable String range, long length) {
        Matcher asked = ONE.matcher(range == null ? "" : range);
        if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return new Whole();
        }
        long last = asked.group(2).isEmpty() ? Long.MAX_VALUE : number(asked.group(2));
        if (asked.group(1).isEmpty()) {
            return last == 0 || length == 0 ? new Unsatisfiable() : new Part(Math.max(0, length - last), length - 1);
        }
        long first = number(asked.group(1));
        if (first > last) {
            return new Whole();
        }
        return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
    }

    private static long number(String digits) {
        return digits.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
