package dev.porthole.desktop.ui;

import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;

/** Asks before something that can't be undone. Esc and the window's own close mean no. */
public final class Confirmation {
    private Confirmation() {}

    /**
     * Shows the question over {@code owner}'s window and runs {@code action} after a yes. Does not block.
     *
     * @param yes the button's words: what will happen, never "OK"
     */
    public static void ask(Node owner, String question, String consequences, String yes, Runnable action) {
        ButtonType agree = new ButtonType(yes, ButtonData.OK_DONE);
        ButtonType refuse = new ButtonType(Texts.text("confirm.cancel"), ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.NONE, consequences, refuse, agree);
        DialogDress.dress(alert, owner, question);
        alert.getDialogPane().setPrefWidth(440);
        Button agreeing = (Button) alert.getDialogPane().lookupButton(agree);
        agreeing.setAccessibleText(yes);
        agreeing.getStyleClass().add("danger");
        agreeing.setDefaultButton(false);
        alert.resultProperty().subscribe(answer -> {
            if (answer == agree) {
                action.run();
            }
        });
        // Enter without a look at the question changes nothing.
        Button refusing = (Button) alert.getDialogPane().lookupButton(refuse);
        refusing.setAccessibleText(Texts.text("confirm.cancel"));
        alert.setOnShown(event -> refusing.requestFocus());
        alert.show();
    }
}
