package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.traffic.Visitor;
import dev.porthole.desktop.ui.Amounts;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.StateDot;
import dev.porthole.desktop.ui.Tone;
import java.time.Duration;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A visitor: who, since when, what was asked for last, and how much. All of it is the visitor's own words. */
final class VisitorRow extends HBox {
    private final StateDot dot = new StateDot(Tone.QUIET);
    private final Label address = new Label();
    private final Label about = new Label();
    private final Tooltip agent = new Tooltip();
    private final Label path = new Label();
    private final Label size = new Label();

    VisitorRow() {
        getStyleClass().addAll("row", "visitor-row");
        setAccessibleRole(AccessibleRole.TEXT);
        address.getStyleClass().add("strong");
        address.setMinWidth(Region.USE_PREF_SIZE);
        about.getStyleClass().add("muted");
        about.setMinWidth(0);
        about.setTooltip(agent);
        path.getStyleClass().add("mono");
        path.setMinWidth(0);
        path.setMaxWidth(220);
        size.getStyleClass().addAll("figures", "muted");
        size.setMinWidth(64);
        size.setAlignment(Pos.CENTER_RIGHT);
        HBox who = new HBox(address, about);
        who.getStyleClass().add("words");
        who.setMinWidth(0);
        HBox.setHgrow(who, Priority.ALWAYS);
        getChildren().addAll(dot, who, path, size);
    }

    void show(Visitor visitor, Instant now) {
        boolean here = visitor.isOnAt(now);
        dot.setTone(here ? Tone.GOOD : Tone.QUIET);
        String who = visitor.address().isEmpty() ? text("visitor.unknown") : PlainText.of(visitor.address());
        String client = AgentWords.of(visitor.agent());
        String time =
                here ? Amounts.span(Duration.between(visitor.since(), now)) : Amounts.when(visitor.lastSeen(), now);
        address.setText(who);
        about.setText(text("visitor.about", client, time));
        agent.setText(PlainText.of(visitor.agent()));
        path.setText(PlainText.of(visitor.path()));
        size.setText(Amounts.bytes((double) visitor.bytes()));
        setAccessibleText(text("visitor.spoken", who, client, time, visitor.requests(), size.getText()));
    }
}
