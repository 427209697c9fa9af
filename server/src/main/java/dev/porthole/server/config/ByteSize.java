package dev.porthole.server.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as people write them: {@code 65536}, {@code 64k}, {@code 10m}, {@code 2g}; and {@code off} where that is
 * possible.
 */
final class ByteSize {
    static final String OFF = "off";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([kmg]?)");

    private ByteSize() {}

    /** Between {@code least} and {@code most} bytes. */
    static Setting.Parser<Integer> between(int least, int most) {
        return text -> {
            long bytes = bytes(text);
            if (bytes < least || bytes > most) {
                throw new IllegalArgumentException(text);
            }
            return (int) bytes;
        };
    }

    /** At least one byte, or {@link Long#MAX_VALUE} for {@code off}. */
    static long orOff(String text) {
        if (text.equals(OFF)) {
            return Long.MAX_VALUE;
        }
        long bytes = bytes(text);
        if (bytes < 1) {
            throw new IllegalArgumentException(text);
        }
        return bytes;
    }

    private static long bytes(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        long unit = switch (parts.group(2)) {
            case "k" -> 1024;
            case "m" -> 1024 * 1024;
            case "g" -> 1024 * 1024 * 1024;
            default -> 1;
        };
        return Long.parseLong(parts.group(1)) * unit;
    }
}
