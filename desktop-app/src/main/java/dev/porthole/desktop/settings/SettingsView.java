package dev.porthole.desktop.settings;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.Confirmation;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Visible;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Appearance, server and account. */
public final class SettingsView extends VBox {
    private final SettingsViewModel model;

    public SettingsView(SettingsViewModel model) {
        this.model = model;
        getStyleClass().add("screen");
        Label title = new Label(text("settings.title"));
        title.getStyleClass().add("screen-title");
        VBox parts = new VBox(
                section(text("settings.appearance")),
                card(languages(), appearances()),
                section(text("settings.server")),
                card(
                        fact(text("settings.server.address"), model.serverProperty()),
                        fact(text("settings.server.account"), model.accountProperty()),
                        fact(text("settings.server.kept"), model.tokenStoreProperty()),
                        signOutRow()));
        parts.getStyleClass().add("settings");
        ScrollPane scroll = new ScrollPane(parts);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, scroll);
        FxBindings.whileShown(this, model::follow);
    }

    private HBox languages() {
        Map<Language, String> choices = new EnumMap<>(Language.class);
        choices.put(Language.SYSTEM, text("settings.language.system"));
        choices.put(Language.ENGLISH, text("settings.language.english"));
        choices.put(Language.GERMAN, text("settings.language.german"));
        return new ChoiceRow<>("language", text("settings.language"), model.languageProperty(), choices);
    }

    private HBox appearances() {
        Map<Appearance, String> choices = new EnumMap<>(Appearance.class);
        choices.put(Appearance.SYSTEM, text("settings.theme.system"));
        choices.put(Appearance.LIGHT, text("settings.theme.light"));
        choices.put(Appearance.DARK, text("settings.theme.dark"));
        return new ChoiceRow<>("theme", text("settings.theme"), model.appearanceProperty(), choices);
    }

    private HBox fact(String name, ObservableValue<String> value) {
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

    private static Label section(String words) {
        Label label = new Label(words);
        label.getStyleClass().addAll("strong", "section");
        return label;
    }

    private static VBox card(Node... rows) {
        VBox card = new VBox(rows);
        card.getStyleClass().addAll("card", "rows");
        return card;
    }
}
