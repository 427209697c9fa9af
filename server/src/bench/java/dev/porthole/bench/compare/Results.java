package dev.porthole.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of all rounds, and the table that is made of them. */
final class Results {
    /** By figure, then by contender, one a round. */
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

    void add(String contender, Map<String, Double> round) {
        round.forEach((name, figure) -> figures.computeIfAbsent(name, key -> new LinkedHashMap<>())
                .computeIfAbsent(contender, key -> new ArrayList<>())
                .add(figure));
    }

    /**
     * A table in Markdown: the median of each figure and, behind it, the median of its ratios to {@code base} of the
     * same round, since the machine's speed drifts from round to round.
     */
    String table(List<String> contenders, String base) {
        StringBuilder table = new StringBuilder("| work |");
        contenders.forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(contenders.size())).append('\n');
        figures.forEach((name, byContender) -> {
            table.append("| ").append(name).append(" |");
            for (String contender : contenders) {
                table.append(' ').append(cell(byContender, contender, base)).append(" |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    private static String cell(Map<String, List<Double>> byContender, String contender, String base) {
        List<Double> own = byContender.get(contender);
        if (own == null) {
            return "-";
        }
        String median = number(median(own));
        List<Double> others = byContender.get(base);
        if (others == null || contender.equals(base) || others.contains(0.0)) {
            return median;
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), others.size()); round++) {
            ratios.add(own.get(round) / others.get(round));
        }
        return median + String.format(Locale.ROOT, " (%.2f x)", median(ratios));
    }

    static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static String number(double figure) {
        return figure >= 100
                ? String.format(Locale.ROOT, "%,.0f", figure)
                : String.format(Locale.ROOT, figure >= 10 ? "%.1f" : "%.2f", figure);
    }
}
