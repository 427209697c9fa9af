package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.traffic.Traffic;
import dev.porthole.core.traffic.Visitor;
import dev.porthole.desktop.ui.Amounts;
import dev.porthole.desktop.ui.Visible;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What passes through a tunnel: a live line, who is there, and the last hour. */
final class TrafficPane extends VBox {
    private final Label now = new Label();
    private final TrafficChart chart = new TrafficChart();
    private final Label visitorsHeading = new Label();
    private final VBox visitors = new VBox();
    private final Label nobody = new Label();
    private final Label hour = new Label();
    private final HourBars bars = new HourBars();

    TrafficPane() {
        getStyleClass().add("page-part");
        now.getStyleClass().add("muted");
        now.setWrapText(true);
        now.setMinHeight(Region.USE_PREF_SIZE);
        VBox live = new VBox(now, chart);
        live.getStyleClass().addAll("card", "padded");
        visitorsHeading.getStyleClass().addAll("strong", "section");
        visitors.getStyleClass().addAll("card", "rows");
        nobody.getStyleClass().addAll("muted", "row");
        nobody.setWrapText(true);
        nobody.setText(text("visitors.none"));
        Label hourHeading = new Label(text("traffic.lastHour"));
        hourHeading.getStyleClass().addAll("strong", "section");
        hour.getStyleClass().add("muted");
        HBox hourLine = new HBox(hour);
        VBox hours = new VBox(hourLine, bars);
        hours.getStyleClass().addAll("card", "padded");
        getChildren().addAll(live, visitorsHeading, visitors, hourHeading, hours);
        show(Traffic.none(Instant.EPOCH));
    }

    void show(Traffic traffic) {
        now.setText(text(
                "traffic.summary",
                Amounts.rate(traffic.requestsPerSecond()),
                Amounts.bytes(traffic.bytesInPerSecond()),
                Amounts.bytes(traffic.bytesOutPerSecond()),
                traffic.running()));
        chart.show(traffic);
        visitorsHeading.setText(text("visitors.title", traffic.visitorsNow().size()));
        showVisitors(traffic.visitors(), traffic);
        hour.setText(text(
                "traffic.hourSummary",
                traffic.requestsByMinute().sum(),
                traffic.failuresByMinute().sum()));
        bars.show(traffic);
    }

    /** The rows are there already and take other visitors: a second is not worth new ones. */
    private void showVisitors(List<Visitor> seen, Traffic traffic) {
        if (seen.isEmpty()) {
            visitors.getChildren().setAll(nobody);
            return;
        }
        visitors.getChildren().remove(nobody);
        while (visitors.getChildren().size() < seen.size()) {
            visitors.getChildren().add(new VisitorRow());
        }
        visitors.getChildren().remove(seen.size(), visitors.getChildren().size());
        for (int at = 0; at < seen.size(); at++) {
            ((VisitorRow) visitors.getChildren().get(at)).show(seen.get(at), traffic.at());
        }
        Visible.set(visitors, true);
    }
}
