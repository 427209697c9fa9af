package dev.porthole.desktop.cli;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A QR code out of characters: two rows of modules in a line of half blocks, since a terminal's cell is twice as high
 * as it is wide; or two characters a module where only ASCII can be written.
 */
record QrText(QrCode code) {
    /** Light modules around it (ISO/IEC 18004, section 6.3.8). */
    private static final int MARGIN = 4;

    /** The modules, {@code #} for a dark one. */
    List<String> modules() {
        return IntStream.range(0, code.size)
                .mapToObj(row -> row(row, 0, "#", " "))
                .toList();
    }

    /**
     * As the terminal can write it. Light is what is drawn: most terminals are dark, and cameras want a light margin.
     */
    List<String> lines(Terminal terminal) {
        List<String> lines = new ArrayList<>();
        if (!terminal.canPrint("█▀▄")) {
            for (int row = -MARGIN; row < code.size + MARGIN; row++) {
                lines.add(row(row, MARGIN, "  ", "##"));
            }
            return lines;
        }
        for (int row = -MARGIN; row < code.size + MARGIN; row += 2) {
            StringBuilder line = new StringBuilder();
            for (int column = -MARGIN; column < code.size + MARGIN; column++) {
                line.append(block(light(column, row), light(column, row + 1)));
            }
            lines.add(terminal.coloured() ? inItsOwnColours(line) : line.toString());
        }
        return lines;
    }

    /** White on black, whatever the terminal's colours are. */
    private static String inItsOwnColours(CharSequence line) {
        return "\u001b[97;40m" + line + "\u001b[0m";
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '█' : '▀';
        }
        return lower ? '▄' : ' ';
    }

    private boolean light(int column, int row) {
        // The last line's lower half is below the margin where the height is odd.
        return row < code.size + MARGIN && !code.getModule(column, row);
    }

    private String row(int row, int margin, String dark, String light) {
        StringBuilder line = new StringBuilder();
        for (int column = -margin; column < code.size + margin; column++) {
            line.append(code.getModule(column, row) ? dark : light);
        }
        return line.toString();
    }
}
