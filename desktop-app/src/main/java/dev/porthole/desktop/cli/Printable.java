package dev.porthole.desktop.cli;

import java.util.stream.Collectors;

/** Text from elsewhere, made safe for a terminal: a server's label must not move the cursor or forge a line. */
final class Printable {
    private Printable() {}

    /**
     * The text with each control character, line separator and direction override as {@code \n}, {@code \t} or
     * {@code \}{@code uXXXX}.
     */
    static String of(String text) {
        if (text.codePoints().noneMatch(Printable::unsafe)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (unsafe(point)) {
                        for (char unit : Character.toChars(point)) {
                            escaped.append(String.format("\\u%04x", (int) unit));
                        }
                    } else {
                        escaped.appendCodePoint(point);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** Text of several lines, each of them as {@link #of} makes it. */
    static String lines(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining(System.lineSeparator()));
    }

    private static boolean unsafe(int point) {
        return switch (Character.getType(point)) {
            // FORMAT holds the direction overrides (U+202E), which show a text as another one.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
