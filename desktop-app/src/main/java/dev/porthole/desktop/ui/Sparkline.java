package dev.porthole.desktop.ui;

import dev.porthole.core.traffic.Series;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polyline;

/**
 * A small line of numbers over time, for eyes only: a number stands beside it. Moves when it is given other numbers.
 */
public final class Sparkline extends Region {
    private final Polyline line = new Polyline();
    private Series series = Series.zeros(0);

    public Sparkline(double width, double height) {
        getStyleClass().add("sparkline");
        line.getStyleClass().add("spark");
        line.setManaged(false);
        getChildren().add(line);
        setMinSize(width, height);
        setPrefSize(width, height);
        setMaxSize(width, height);
        setMouseTransparent(true);
    }

    /** Shows other numbers; the same ones again draw nothing. */
    public void show(Series next) {
        if (!next.equals(series)) {
            series = next;
            setNeedsLayout(true);
        }
    }

    @Override
    protected void layoutChildren() {
        int last = series.size() - 1;
        double top = Math.max(1, series.max());
        // Half a pixel of room for the line's own width.
        double height = getHeight() - 3;
        Double[] points = new Double[2 * Math.max(0, last + 1)];
        for (int at = 0; at <= last; at++) {
            points[2 * at] = getWidth() * at / Math.max(1, last);
            points[2 * at + 1] = 1.5 + height * (1 - series.at(at) / top);
        }
        line.getPoints().setAll(points);
    }
}
