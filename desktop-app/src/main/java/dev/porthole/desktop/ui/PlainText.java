package dev.porthole.desktop.ui;

/**
 * Text from outside (process names, command lines, labels, a server's messages) made fit for a label: one line, no
 * control characters, none of the characters that turn the reading direction around, and a bounded length.
 */
public final class PlainText {
    private static final int LONGEST = 300;

    private PlainText() {}

    /** The readable part of {@code text}; what was cut off shows as an ellipsis. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST + 1));
        int length = 0;
        for (int at = 0; at < text.length() && length < LONGEST; length++) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (Character.isWhitespace(point)) {
                plain.append(' ');
            } else if (readable(point)) {
                plain.appendCodePoint(point);
            }
        }
        boolean cut = text.codePointCount(0, text.length()) > LONGEST;
        return plain.toString().strip() + (cut ? "…" : "");
    }

    private static boolean readable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
