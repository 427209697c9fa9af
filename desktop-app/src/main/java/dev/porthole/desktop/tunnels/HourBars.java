package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.traffic.Series;
import dev.porthole.core.traffic.Traffic;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

/** Requests of the last hour, a bar a minute. */
final class HourBars extends Region {
    private static final double GAP = 2;

    private Series series = Series.zeros(0);

    HourBars() {
        getStyleClass().add("hour-bars");
        for (int at = 0; at < Traffic.MINUTES; at++) {
            Region bar = new Region();
            bar.getStyleClass().add("hour-bar");
            bar.setManaged(false);
            getChildren().add(bar);
        }
        setMinHeight(48);
        setPrefHeight(48);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    void show(Traffic traffic) {
        setAccessibleText(text("traffic.hour", traffic.requestsByMinute().sum()));
        if (!traffic.requestsByMinute().equals(series)) {
            series = traffic.requestsByMinute();
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() / Traffic.MINUTES;
        double top = Math.max(1, series.max());
        for (int at = 0; at < getChildren().size(); at++) {
            long count = at < series.size() ? series.at(at) : 0;
            double height = count == 0 ? 1 : Math.max(3, (getHeight() - 2) * count / top);
            getChildren().get(at).resizeRelocate(at * width, getHeight() - height, Math.max(1, width - GAP), height);
        }
    }
}
