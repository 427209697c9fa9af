package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.traffic.Series;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.desktop.ui.Amounts;
import java.time.Instant;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

/**
 * Requests of the last five minutes as a line, in steps of two seconds. Drawn anew when there are other numbers, which
 * is once a second at most, and nothing in it moves by itself.
 */
final class TrafficChart extends Region {
    private static final int STEP_SECONDS = 2;
    private static final double FOOT = 18;
    /** The scale's lowest top, so that a single request is no mountain. */
    private static final double LEAST_TOP = 1;

    private final Polygon area = new Polygon();
    private final Polyline line = new Polyline();
    private final Line ground = new Line();
    private final Line ceiling = new Line();
    private final Label top = small();
    private final Label begin = small();
    private final Label end = small();
    private Series series = Series.zeros(0);

    TrafficChart() {
        getStyleClass().add("traffic-chart");
        area.getStyleClass().add("chart-area");
        line.getStyleClass().add("chart-line");
        ground.getStyleClass().add("chart-grid");
        ceiling.getStyleClass().add("chart-grid");
        begin.setText(text("traffic.fiveMinutesAgo"));
        end.setText(text("traffic.now"));
        getChildren().addAll(ceiling, ground, area, line, top, begin, end);
        getChildren().forEach(child -> child.setManaged(false));
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinHeight(150);
        setPrefHeight(150);
        setMinWidth(0);
        show(Traffic.none(Instant.EPOCH));
    }

    void show(Traffic traffic) {
        Series next = traffic.requests().inSteps(STEP_SECONDS);
        setAccessibleText(text("traffic.chart", Amounts.rate(traffic.requestsPerSecond())));
        if (!next.equals(series)) {
            series = next;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double highest = Math.max(LEAST_TOP, series.max() / (double) STEP_SECONDS);
        double ceilingAt = 18;
        double width = getWidth();
        double groundAt = getHeight() - FOOT;
        int last = series.size() - 1;
        Double[] points = new Double[2 * series.size()];
        Double[] outline = new Double[points.length + 4];
        for (int at = 0; at <= last; at++) {
            double value = series.at(at) / (double) STEP_SECONDS / highest;
            points[2 * at] = width * at / last;
            points[2 * at + 1] = groundAt - value * (groundAt - ceilingAt);
        }
        System.arraycopy(points, 0, outline, 0, points.length);
        outline[points.length] = width;
        outline[points.length + 1] = groundAt;
        outline[points.length + 2] = 0.0;
        outline[points.length + 3] = groundAt;
        line.getPoints().setAll(points);
        area.getPoints().setAll(outline);
        level(ground, groundAt, width);
        level(ceiling, ceilingAt, width);
        top.setText(Amounts.rate(highest));
        place(top, 0, 0);
        place(begin, 0, groundAt + 2);
        place(end, width - end.prefWidth(-1), groundAt + 2);
    }

    private static void level(Line grid, double at, double width) {
        grid.setStartX(0);
        grid.setEndX(width);
        grid.setStartY(at);
        grid.setEndY(at);
    }

    private static void place(Label label, double x, double y) {
        label.resizeRelocate(x, y, label.prefWidth(-1), label.prefHeight(-1));
    }

    private static Label small() {
        Label label = new Label();
        label.getStyleClass().addAll("small", "muted");
        return label;
    }
}
