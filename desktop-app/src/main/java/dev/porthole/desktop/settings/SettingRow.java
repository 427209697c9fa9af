package dev.porthole.desktop.settings;

import dev.porthole.desktop.ui.Switch;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A setting: its name, a note under it that says what it does, and the control at the end of the row. */
final class SettingRow extends HBox {
    /** @param note empty for none */
    SettingRow(String name, String note, Node control) {
        getStyleClass().add("row");
        VBox words = new VBox(label(name, "setting-name"));
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        if (!note.isEmpty()) {
            Label below = label(note, "muted");
            below.getStyleClass().add("small");
            words.getChildren().add(below);
        }
        getChildren().addAll(words, control);
    }

    /** A setting that is on or off; it holds as soon as the switch is moved. */
    static SettingRow onOff(String id, String name, String note, Property<Boolean> on) {
        Switch control = new Switch();
        control.setId(id);
        control.setAccessibleText(name);
        control.setAccessibleHelp(note);
        control.selectedProperty().bindBidirectional(on);
        return new SettingRow(name, note, control);
    }

    /** Rows that belong together. */
    static VBox card(Node... rows) {
        VBox card = new VBox(rows);
        card.getStyleClass().addAll("card", "rows");
        return card;
    }

    private static Label label(String words, String style) {
        Label label = new Label(words);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
