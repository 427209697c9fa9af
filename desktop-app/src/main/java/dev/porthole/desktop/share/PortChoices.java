package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.ShownAs;
import dev.porthole.desktop.ui.Visible;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Below a port's row: a name for its address, and when it goes. Keeps what was typed until it is shared or closed. */
final class PortChoices extends VBox {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final ShareViewModel model;
    private final TextField name = new TextField();
    private final ChoiceBox<Expiry> expiry = new ChoiceBox<>();
    private final Label problem = new Label();
    private final Button share;
    private PortItem item;

    PortChoices(PortItem first, ShareViewModel model) {
        this.model = model;
        item = first;
        getStyleClass().add("port-choices");
        Label nameLabel = new Label(text("share.choices.name"));
        nameLabel.setMnemonicParsing(true);
        nameLabel.setLabelFor(name);
        name.setPromptText(text("share.choices.name.prompt"));
        name.setPrefColumnCount(14);
        name.setAccessibleText(text("share.choices.name").replace("_", ""));
        name.textProperty().subscribe(typed -> say(""));
        name.setOnAction(event -> share());
        Label expiryLabel = new Label(text("share.choices.expiry"));
        expiryLabel.setMnemonicParsing(true);
        expiryLabel.setLabelFor(expiry);
        expiry.getItems().setAll(Expiry.values());
        expiry.setValue(Expiry.NEVER);
        expiry.setAccessibleText(text("share.choices.expiry").replace("_", ""));
        expiry.setConverter(new ShownAs<>(PortChoices::words));
        problem.getStyleClass().addAll("problem", "small");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        share = Buttons.primary(text("share.button"), this::share);
        Button close = Buttons.plain(text("share.cancel"), this::close);
        HBox buttons = new HBox(share, close);
        buttons.getStyleClass().add("buttons");
        FlowPane fields = new FlowPane(pair(nameLabel, name), pair(expiryLabel, expiry), buttons);
        fields.getStyleClass().add("port-choices-fields");
        getChildren().addAll(fields, problem);
        say("");
        Visible.set(this, false);
    }

    /** Shows itself, with the keyboard's focus where one types. */
    void open() {
        Visible.set(this, true);
        name.requestFocus();
    }

    void show(PortItem next) {
        item = next;
        share.setAccessibleText(text("share.what", next.title(), Integer.toString(next.port())));
        if (next.tunnel().isPresent()) {
            close();
        }
    }

    private void share() {
        String wrong = model.share(item, name.getText().strip(), expiry.getValue());
        say(wrong);
        if (!wrong.isEmpty()) {
            name.requestFocus();
        }
    }

    private void close() {
        Visible.set(this, false);
    }

    private void say(String wrong) {
        problem.setText(wrong);
        Visible.set(problem, !wrong.isEmpty());
        name.pseudoClassStateChanged(INVALID, !wrong.isEmpty());
    }

    private static HBox pair(Label label, Region field) {
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox pair = new HBox(label, field);
        pair.getStyleClass().add("words");
        return pair;
    }

    private static String words(Expiry choice) {
        return switch (choice) {
            case NEVER -> text("share.expiry.never");
            case HOUR -> text("share.expiry.hour");
            case WORKDAY -> text("share.expiry.workday");
            case DAY -> text("share.expiry.day");
            case WEEK -> text("share.expiry.week");
        };
    }
}
