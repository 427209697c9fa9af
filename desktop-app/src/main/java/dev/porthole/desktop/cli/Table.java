package dev.porthole.desktop.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Rows with a heading, in columns as wide as their widest cell; where a terminal is not that wide, columns give way and
 * their cells are cut.
 */
final class Table {
    private static final String GAP = "  ";
    /** What a cut cell still shows. */
    private static final int LEAST = 8;
    /** Enough of an id to name the thing by it: a prefix and eight digits. */
    private static final int LEAST_OF_ID = 13;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<UnaryOperator<String>> paints = new ArrayList<>();
    private final Set<Integer> whole = new HashSet<>();

    Table(String... heading) {
        rows.add(List.of(heading));
        for (String _ : heading) {
            paints.add(UnaryOperator.identity());
        }
    }

    /** Adds a row; what comes from elsewhere in it is made {@link Printable}. */
    void row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "cells: " + cells.length + " (expected: " + rows.getFirst().size() + ")");
        }
        rows.add(List.of(cells).stream().map(Printable::of).toList());
    }

    /** Has the cells of a column (from 0) coloured, without its heading. */
    Table painted(int column, UnaryOperator<String> paint) {
        paints.set(column, paint);
        return this;
    }

    /** Has the cells of a column (from 0) never cut: addresses are copied from there. */
    Table whole(int column) {
        whole.add(column);
        return this;
    }

    /** Writes the lines as wide as the terminal lets them be. */
    void printTo(Terminal terminal) {
        String cut = terminal.canPrint("…") ? "…" : "~";
        lines(terminal.width().getAsInt(), cut).forEach(terminal::print);
    }

    /** The lines, whole, without spaces at their ends. */
    List<String> lines() {
        return lines(Integer.MAX_VALUE, "");
    }

    private List<String> lines(int limit, String cut) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        fit(widths, limit);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths, cut, !lines.isEmpty()));
        }
        return lines;
    }

    /** Ids give way first: their beginning is enough to name a thing. Then the widest columns do. */
    private void fit(int[] widths, int limit) {
        int last = widths.length - 1;
        long total = Arrays.stream(widths).asLongStream().sum() + (long) GAP.length() * last;
        boolean ids = rows.getFirst().get(last).equals("ID");
        if (total > limit && ids) {
            int given = (int) Math.max(0, Math.min(total - limit, widths[last] - LEAST_OF_ID));
            widths[last] -= given;
            total -= given;
        }
        while (total > limit) {
            OptionalInt widest = IntStream.range(0, widths.length)
                    .filter(column -> !whole.contains(column) && !(ids && column == last) && widths[column] > LEAST)
                    .reduce((one, other) -> widths[other] > widths[one] ? other : one);
            if (widest.isEmpty()) {
                return;
            }
            widths[widest.getAsInt()]--;
            total--;
        }
    }

    private String line(List<String> row, int[] widths, String cut, boolean painted) {
        StringBuilder line = new StringBuilder();
        int blanks = 0;
        for (int column = 0; column < widths.length; column++) {
            String cell = shortened(row.get(column), widths[column], cut);
            if (!cell.isBlank()) {
                line.append(" ".repeat(blanks))
                        .append(painted ? paints.get(column).apply(cell) : cell);
                blanks = 0;
            } else {
                blanks += width(cell);
            }
            blanks += widths[column] - width(cell) + GAP.length();
        }
        return line.toString();
    }

    private static String shortened(String cell, int width, String cut) {
        if (width(cell) <= width) {
            return cell;
        }
        return cell.substring(0, cell.offsetByCodePoints(0, width - width(cut))) + cut;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
