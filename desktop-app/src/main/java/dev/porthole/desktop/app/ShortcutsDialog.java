package dev.porthole.desktop.app;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.desktop.ui.DialogDress;
import java.util.Objects;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** The keys that work everywhere, in words. */
final class ShortcutsDialog {
    private ShortcutsDialog() {}

    /** Shows it over {@code owner}'s window; does not block. */
    static void show(Node owner) {
        Dialog<ButtonType> dialog = new Dialog<>();
        DialogDress.dress(dialog, owner, text("shortcuts.title"));
        ButtonType done = new ButtonType(text("connection.done"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(done);
        GridPane grid = new GridPane();
        grid.getStyleClass().addAll("dialog-body", "shortcuts");
        ColumnConstraints words = new ColumnConstraints();
        words.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints();
        keys.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().setAll(words, keys);
        int row = 0;
        for (Shortcut shortcut : Shortcut.values()) {
            Label what = new Label(shortcut.words());
            Label key = new Label(shortcut.shown());
            key.getStyleClass().addAll("keys", "mono");
            grid.addRow(row++, what, key);
        }
        dialog.getDialogPane().setContent(grid);
        dialog.getDialogPane().setPrefWidth(420);
        Button close = (Button) Objects.requireNonNull(dialog.getDialogPane().lookupButton(done));
        close.setAccessibleText(text("connection.done"));
        dialog.show();
    }
}
