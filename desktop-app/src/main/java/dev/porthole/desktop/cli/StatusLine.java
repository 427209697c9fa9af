package dev.porthole.desktop.cli;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * One line at the bottom of a terminal that is drawn over itself, in ECMA-48's words. Whoever prints something else
 * erases it first and draws it again behind. One thread.
 */
final class StatusLine {
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream err;
    private final IntSupplier columns;
    private String lead = "";
    private String leadStyle = "";
    private String rest = "";
    private int drawn;

    /** {@code columns}: the width of the terminal, asked at each drawing. */
    StatusLine(PrintStream err, IntSupplier columns) {
        this.err = err;
        this.columns = columns;
    }

    /**
     * What it says from the next drawing on.
     *
     * @param newLead the state in a word or two
     * @param style an escape sequence before the lead; empty for none
     * @param newRest what is cut where the terminal ends
     */
    void set(String newLead, String style, String newRest) {
        lead = newLead;
        leadStyle = style;
        rest = newRest;
    }

    void draw() {
        erase();
        // The last column stays free: a terminal that wraps there would scroll.
        int room = Math.max(0, columns.getAsInt() - 1);
        String shownLead = cut(lead, room);
        String shownRest = cut(rest, room - shownLead.length());
        if (leadStyle.isEmpty()) {
            err.print(shownLead + shownRest);
        } else {
            err.print(leadStyle + shownLead + PLAIN + FAINT + shownRest + PLAIN);
        }
        err.flush();
        drawn = shownLead.length() + shownRest.length();
    }

    /** Takes it away, also where a terminal that became narrower has broken it into several lines. */
    void erase() {
        if (drawn == 0) {
            return;
        }
        int rows = (drawn - 1) / Math.max(1, columns.getAsInt()) + 1;
        err.print((rows > 1 ? "\u001b[" + (rows - 1) + "A" : "") + "\r\u001b[J");
        err.flush();
        drawn = 0;
    }

    private static String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        return room <= 1 ? "" : text.substring(0, room - 1) + "\u2026";
    }
}
