package dev.porthole.desktop.tunnels;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.tunnels.TunnelSettingsViewModel.Host;
import dev.porthole.desktop.tunnels.TunnelSettingsViewModel.Part;
import dev.porthole.desktop.ui.Amounts;
import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.ShownAs;
import dev.porthole.desktop.ui.Visible;
import java.time.Instant;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A tunnel's settings. */
final class TunnelSettingsPane extends VBox {
    private final TunnelSettingsViewModel model;

    TunnelSettingsPane(TunnelSettingsViewModel model) {
        this.model = model;
        getStyleClass().add("page-part");
        VBox facts = card(
                checked(
                        Part.LABEL,
                        row(text("edit.label"), field("settings-label", text("edit.label"), model.labelProperty()))),
                checked(
                        Part.ENDPOINT,
                        row(
                                text("edit.endpoint"),
                                field("settings-endpoint", text("edit.endpoint"), model.endpointProperty()))));
        if (model.isHttp()) {
            facts.getChildren()
                    .addAll(
                            checked(Part.HOST, hostHeader()),
                            checked(
                                    Part.TIMEOUT,
                                    row(
                                            text("edit.timeout"),
                                            field("settings-timeout", text("edit.timeout"), model.timeoutProperty()),
                                            hint(text("edit.timeout.hint")))));
        }
        facts.getChildren().add(row(text("edit.expiry"), expiry()));
        Label address = new Label(text("edit.address"));
        address.getStyleClass().addAll("strong", "section");
        getChildren().addAll(facts, address, card(checked(Part.ADDRESS, publicAddress())), foot());
    }

    /** A part of the form, with what is wrong with it right below. */
    private VBox checked(Part part, Node what) {
        return new VBox(what, problem(part));
    }

    private Label problem(Part part) {
        Label problem = new Label();
        problem.getStyleClass().addAll("problem", "small");
        if (part != Part.SAVING) {
            problem.getStyleClass().add("field-problem");
        }
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(model.problemProperty());
        return Visible.when(
                Bindings.createBooleanBinding(
                        () -> !model.problemProperty().get().isEmpty()
                                && model.problemPartProperty().get() == part,
                        model.problemProperty(),
                        model.problemPartProperty()),
                problem);
    }

    private Node hostHeader() {
        TextField name = field("settings-host", text("edit.host.name"), model.hostNameProperty());
        name.setPromptText("shop.test");
        name.disableProperty().bind(model.hostProperty().isNotEqualTo(Host.FIXED));
        ToggleGroup group = new ToggleGroup();
        VBox choices = new VBox(
                choice(group, text("edit.host.visitor"), model.hostProperty(), Host.VISITOR),
                choice(group, text("edit.host.localhost"), model.hostProperty(), Host.LOCALHOST),
                line(choice(group, text("edit.host.fixed"), model.hostProperty(), Host.FIXED), name));
        choices.getStyleClass().add("lines");
        return row(text("edit.host"), choices);
    }

    private Node expiry() {
        ChoiceBox<Expiry> box = new ChoiceBox<>(FXCollections.observableArrayList(Expiry.values()));
        box.setId("settings-expiry");
        box.setAccessibleText(text("edit.expiry"));
        box.setConverter(new ShownAs<>(this::words));
        box.valueProperty().bindBidirectional(model.expiryProperty());
        return box;
    }

    private String words(Expiry expiry) {
        return switch (expiry) {
            case AS_IT_IS ->
                model.expiresAt()
                        .map(at -> text("edit.expiry.at", Amounts.clock(at, Instant.EPOCH)))
                        .orElse(text(model.isQuick() ? "edit.expiry.quick" : "edit.expiry.none"));
            case NEVER -> text("edit.expiry.never");
            case IN_AN_HOUR -> text("edit.expiry.hour");
            case IN_A_DAY -> text("edit.expiry.day");
            case IN_A_WEEK -> text("edit.expiry.week");
        };
    }

    private Node publicAddress() {
        TextField url = field("settings-own-url", text("edit.own.url"), model.ownUrlProperty());
        url.setPromptText("https://shop.example.com");
        if (model.isOwnUrlFromOutside()) {
            url.setDisable(true);
        } else {
            url.disableProperty().bind(model.ownProperty().not());
        }
        ToggleGroup group = new ToggleGroup();
        RadioButton porthole = plainChoice(group, text("edit.own.no"));
        RadioButton mine = plainChoice(group, text("edit.own.yes"));
        mine.setId("settings-own");
        porthole.setId("settings-porthole");
        model.ownProperty().subscribe(own -> (own ? mine : porthole).setSelected(true));
        mine.selectedProperty().subscribe(chosen -> model.ownProperty().set(chosen));
        Label outside = hint(text("edit.own.outside"));
        Visible.set(outside, model.isOwnUrlFromOutside());
        VBox all = new VBox(porthole, line(mine, url), outside, hint(text("edit.own.text")));
        all.getStyleClass().addAll("lines", "row-box");
        return all;
    }

    private Node foot() {
        Label saved = new Label(text("edit.saved"));
        saved.getStyleClass().add("muted");
        Button save = Buttons.primary(text("edit.save"), model::save);
        save.setId("settings-save");
        save.disableProperty().bind(model.busyProperty());
        Button reset = Buttons.plain(text("edit.reset"), model::reset);
        HBox buttons = new HBox(save, reset, Visible.when(model.savedProperty(), saved));
        buttons.getStyleClass().add("buttons");
        return new VBox(8, problem(Part.SAVING), buttons);
    }

    private TextField field(String id, String name, StringProperty value) {
        TextField field = new TextField();
        field.setId(id);
        field.setAccessibleText(name);
        field.textProperty().bindBidirectional(value);
        field.setOnAction(event -> model.save());
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    private static <T> RadioButton choice(ToggleGroup group, String words, ObjectProperty<T> value, T meaning) {
        RadioButton choice = plainChoice(group, words);
        value.subscribe(now -> {
            if (meaning.equals(now)) {
                choice.setSelected(true);
            }
        });
        choice.selectedProperty().subscribe(chosen -> {
            if (chosen) {
                value.set(meaning);
            }
        });
        return choice;
    }

    private static RadioButton plainChoice(ToggleGroup group, String words) {
        RadioButton choice = new RadioButton(words);
        choice.setMinWidth(Region.USE_PREF_SIZE);
        choice.setAccessibleText(words);
        choice.setToggleGroup(group);
        return choice;
    }

    private static HBox row(String name, Node... what) {
        Label key = new Label(name);
        key.getStyleClass().add("fact-name");
        HBox row = new HBox(key);
        row.getChildren().addAll(what);
        row.getStyleClass().add("row");
        return row;
    }

    private static HBox line(Node... what) {
        HBox line = new HBox(what);
        line.getStyleClass().add("words");
        return line;
    }

    private static Label hint(String words) {
        Label hint = new Label(words);
        hint.getStyleClass().addAll("muted", "small");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        return hint;
    }

    private static VBox card(Node... rows) {
        VBox card = new VBox(rows);
        card.getStyleClass().addAll("card", "rows");
        return card;
    }
}
