package dev.porthole.desktop.ui;

import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Asks for a name. It stays, with what was typed, until what is done with the name has worked; Esc and the window's own
 * close give up. Belongs to the FX thread.
 */
public final class NameDialog {
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final TextField field = new TextField();
    private final VBox body = new VBox();
    private final Button submit;
    private final StringProperty problem = new SimpleStringProperty("");
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private Consumer<String> action = name -> {};

    /**
     * @param owner is shown on the window that it goes over
     * @param yes the button's words: what will happen, never "OK"
     */
    public NameDialog(Node owner, String title, String explanation, String fieldName, String yes) {
        ButtonType agree = new ButtonType(yes, ButtonData.OK_DONE);
        ButtonType refuse = new ButtonType(Texts.text("confirm.cancel"), ButtonData.CANCEL_CLOSE);
        DialogDress.dress(dialog, owner, title);
        dialog.getDialogPane().getButtonTypes().setAll(refuse, agree);
        dialog.getDialogPane().setPrefWidth(440);
        Label words = new Label(explanation);
        words.getStyleClass().add("muted");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        field.setId("name-field");
        field.setAccessibleText(fieldName);
        field.setPromptText(fieldName);
        Label wrong = new Label();
        wrong.getStyleClass().addAll("problem", "small");
        wrong.setWrapText(true);
        wrong.setMinHeight(Region.USE_PREF_SIZE);
        wrong.textProperty().bind(problem);
        body.getStyleClass().add("dialog-body");
        body.getChildren().setAll(words, field, Visible.when(problem.isNotEmpty(), wrong));
        dialog.getDialogPane().setContent(body);
        submit = (Button) Objects.requireNonNull(dialog.getDialogPane().lookupButton(agree));
        submit.setAccessibleText(yes);
        ((Button) Objects.requireNonNull(dialog.getDialogPane().lookupButton(refuse)))
                .setAccessibleText(Texts.text("confirm.cancel"));
        submit.getStyleClass().add("accent");
        submit.disableProperty().bind(busy);
        submit.addEventFilter(ActionEvent.ACTION, event -> {
            // The dialog stays until the name was taken.
            event.consume();
            action.accept(field.getText());
        });
        problem.subscribe(now -> {
            if (!now.isEmpty()) {
                dialog.getDialogPane().getScene().getWindow().sizeToScene();
                field.requestFocus();
            }
        });
        dialog.setOnShown(event -> {
            field.requestFocus();
            field.selectAll();
        });
    }

    /** Adds a control below the field. */
    public NameDialog with(Node more) {
        body.getChildren().add(2, more);
        return this;
    }

    /** Begins with this name, selected. */
    public NameDialog startingWith(String name) {
        field.setText(name);
        field.selectAll();
        return this;
    }

    /** Why the name was not taken; empty when nothing is wrong. */
    public StringProperty problemProperty() {
        return problem;
    }

    /** Whether something is being done with the name. */
    public BooleanProperty busyProperty() {
        return busy;
    }

    /** What to do with the name: {@link #close} when it has worked. */
    public void onSubmit(Consumer<String> what) {
        action = what;
    }

    /** Shows it; does not block. */
    public void show() {
        dialog.show();
    }

    /** It has worked. */
    public void close() {
        dialog.setResult(ButtonType.CLOSE);
        dialog.close();
    }
}
