package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.Visible;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Where and as whom one is signed in, and the way out. */
final class ServerSection extends VBox {
    private final SettingsViewModel model;

    ServerSection(SettingsViewModel model) {
        this.model = model;
        getStyleClass().add("settings");
        getChildren()
                .add(SettingRow.card(
                        fact(text("settings.server.address"), model.serverProperty()),
                        fact(text("settings.server.account"), model.accountProperty()),
                        fact(text("settings.server.kept"), model.tokenStoreProperty()),
                        signOutRow()));
    }

    private static HBox fact(String name, ObservableValue<String> value) {
        Label key = new Label(name);
        key.getStyleClass().add("fact-name");
        Label words = new Label();
        words.textProperty().bind(value);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox row = new HBox(key, words);
        row.getStyleClass().add("row");
        return row;
    }

    private VBox signOutRow() {
        Button signOut = Buttons.plain(text("settings.signOut"), this::askToSignOut);
        signOut.setId("settings-sign-out");
        signOut.disableProperty().bind(model.busyProperty());
        Label note = new Label(text("settings.signOut.text"));
        note.getStyleClass().add("muted");
        note.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(note, space, signOut);
        row.getStyleClass().add("row");
        Label problem = new Label();
        problem.textProperty().bind(model.problemProperty());
        problem.getStyleClass().addAll("problem", "small", "row");
        problem.setWrapText(true);
        return new VBox(row, Visible.when(model.problemProperty().isNotEmpty(), problem));
    }

    private void askToSignOut() {
        List<String> stopping = model.whatStops();
        String consequences = stopping.isEmpty()
                ? text("settings.signOut.nothingStops")
                : text("settings.signOut.stops", String.join(", ", stopping));
        Confirmation.ask(
                this, text("settings.signOut.question"), consequences, text("settings.signOut.yes"), model::signOut);
    }
}
