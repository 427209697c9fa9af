package dev.porthole.icons;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** A path of {@link MarkShape} as straight pieces, short enough that nobody sees them. */
final class Outline {
    private static final int PIECES = 16;

    // x, y of both ends, piece after piece.
    private final double[] pieces;

    private Outline(double[] pieces) {
        this.pieces = pieces;
    }

    /** Reads the part of SVG's path grammar that {@link MarkShape} allows itself. */
    static Outline of(String path) {
        List<Double> pieces = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(path);
        double x = 0;
        double y = 0;
        while (words.hasMoreTokens()) {
            String command = words.nextToken();
            switch (command) {
                case "M" -> {
                    x = number(words);
                    y = number(words);
                }
                case "C" -> {
                    double[] curve = {x, y, 0, 0, 0, 0, 0, 0};
                    for (int at = 2; at < curve.length; at++) {
                        curve[at] = number(words);
                    }
                    flatten(curve, pieces);
                    x = curve[6];
                    y = curve[7];
                }
                // Our paths come back to where they began by themselves.
                case "Z" -> {}
                default -> throw new IllegalArgumentException("path command: " + command + " (expected: M, C or Z)");
            }
        }
        return new Outline(pieces.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How far the nearest piece is. */
    double distance(double x, double y) {
        double nearest = Double.MAX_VALUE;
        for (int at = 0; at < pieces.length; at += 4) {
            double alongX = pieces[at + 2] - pieces[at];
            double alongY = pieces[at + 3] - pieces[at + 1];
            double length = alongX * alongX + alongY * alongY;
            double part = length == 0
                    ? 0
                    : Math.clamp(((x - pieces[at]) * alongX + (y - pieces[at + 1]) * alongY) / length, 0, 1);
            nearest = Math.min(nearest, Math.hypot(x - pieces[at] - part * alongX, y - pieces[at + 1] - part * alongY));
        }
        return nearest;
    }

    /** Whether a point is inside of a closed path: a ray from it crosses the outline an odd number of times. */
    boolean contains(double x, double y) {
        boolean inside = false;
        for (int at = 0; at < pieces.length; at += 4) {
            double fromY = pieces[at + 1];
            double toY = pieces[at + 3];
            if (fromY > y != toY > y && x < pieces[at] + (y - fromY) / (toY - fromY) * (pieces[at + 2] - pieces[at])) {
                inside = !inside;
            }
        }
        return inside;
    }

    private static void flatten(double[] curve, List<Double> pieces) {
        double fromX = curve[0];
        double fromY = curve[1];
        for (int step = 1; step <= PIECES; step++) {
            double part = (double) step / PIECES;
            double toX = bezier(curve[0], curve[2], curve[4], curve[6], part);
            double toY = bezier(curve[1], curve[3], curve[5], curve[7], part);
            pieces.addAll(List.of(fromX, fromY, toX, toY));
            fromX = toX;
            fromY = toY;
        }
    }

    private static double bezier(double from, double first, double second, double to, double part) {
        double rest = 1 - part;
        return rest * rest * rest * from
                + 3 * rest * rest * part * first
                + 3 * rest * part * part * second
                + part * part * part * to;
    }

    private static double number(StringTokenizer words) {
        return Double.parseDouble(words.nextToken());
    }
}
