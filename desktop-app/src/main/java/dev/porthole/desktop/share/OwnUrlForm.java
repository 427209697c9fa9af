package dev.porthole.desktop.share;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.Buttons;
import dev.porthole.desktop.ui.NoticeBar;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tone;
import dev.porthole.desktop.ui.Visible;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What is public already, and where; and once that is kept, a line that says so. */
final class OwnUrlForm extends VBox {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private final OwnUrlViewModel model;
    private final VBox form = new VBox();
    private final VBox done = new VBox();
    private final TextField endpoint = new TextField();
    private final TextField url = new TextField();

    OwnUrlForm(OwnUrlViewModel model) {
        this.model = model;
        setId("own-url");
        Label heading = new Label(text("share.own"));
        heading.getStyleClass().add("strong");
        Label what = new Label(text("share.own.text"));
        what.getStyleClass().add("muted");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        form.getStyleClass().addAll("card", "own-url-form");
        form.getChildren().addAll(heading, what, fields(), problem());
        getChildren().addAll(Visible.when(model.openProperty(), form), done);
        model.openProperty().subscribe(open -> {
            if (open) {
                (endpoint.getText().isEmpty() ? endpoint : url).requestFocus();
            }
        });
        model.savedProperty().subscribe(this::say);
        Visible.when(model.openProperty().or(model.savedProperty().isNotEmpty()), this);
    }

    private FlowPane fields() {
        endpoint.setId("own-url-endpoint");
        endpoint.setPromptText("localhost:3000");
        endpoint.setPrefColumnCount(12);
        endpoint.textProperty().bindBidirectional(model.endpointProperty());
        endpoint.setOnAction(event -> model.save());
        url.setId("own-url-url");
        url.setPromptText("https://shop.example.com");
        url.setPrefColumnCount(18);
        url.textProperty().bindBidirectional(model.urlProperty());
        url.setOnAction(event -> model.save());
        Button save = Buttons.primary(text("share.own.save"), model::save);
        save.setId("own-url-save");
        save.disableProperty().bind(model.busyProperty());
        Button cancel = Buttons.plain(text("share.cancel"), model::close);
        HBox buttons = new HBox(save, cancel);
        buttons.getStyleClass().add("buttons");
        FlowPane fields =
                new FlowPane(pair(text("share.own.endpoint"), endpoint), pair(text("share.own.url"), url), buttons);
        fields.getStyleClass().add("port-choices-fields");
        return fields;
    }

    private Label problem() {
        Label problem = new Label();
        problem.setId("own-url-problem");
        problem.getStyleClass().addAll("problem", "small");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(model.problemProperty());
        model.problemProperty().subscribe(words -> {
            // The message names what was given: the field that has it is the one to look at.
            boolean ofUrl = words.startsWith("public URL");
            url.pseudoClassStateChanged(INVALID, ofUrl);
            endpoint.pseudoClassStateChanged(INVALID, !ofUrl && !words.isEmpty());
            if (!words.isEmpty()) {
                (ofUrl ? url : endpoint).requestFocus();
            }
        });
        return Visible.when(model.problemProperty().isNotEmpty(), problem);
    }

    private void say(String address) {
        done.getChildren().clear();
        if (!address.isEmpty()) {
            done.getChildren()
                    .add(new NoticeBar(
                            Tone.GOOD,
                            text("share.own.saved", PlainText.of(address)),
                            Buttons.icon(Feather.X, text("undo.dismiss"), model::dismiss)));
        }
        Visible.set(done, !address.isEmpty());
    }

    private static HBox pair(String name, TextField field) {
        Label label = new Label(name);
        label.setMnemonicParsing(true);
        label.setLabelFor(field);
        label.setMinWidth(Region.USE_PREF_SIZE);
        field.setAccessibleText(name.replace("_", ""));
        HBox pair = new HBox(label, field);
        pair.getStyleClass().add("words");
        return pair;
    }
}
