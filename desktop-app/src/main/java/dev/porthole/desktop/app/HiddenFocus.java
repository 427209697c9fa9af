package dev.porthole.desktop.app;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Takes the focus from a text field while its window is hidden, and gives it back: JavaFX lets the caret blink in a
 * window that nobody sees, and draws sixty times a second for it. Belongs to the FX thread.
 */
final class HiddenFocus {
    private final Stage stage;
    private @Nullable Node before;

    private HiddenFocus(Stage stage) {
        this.stage = stage;
    }

    /** From now on; the stage has its scene. */
    static void follow(Stage stage) {
        HiddenFocus focus = new HiddenFocus(stage);
        stage.showingProperty().subscribe((was, isShowing) -> {
            if (isShowing) {
                focus.giveBack();
            } else {
                focus.take();
            }
        });
    }

    private void take() {
        Parent root = stage.getScene().getRoot();
        Node owner = stage.getScene().getFocusOwner();
        if (owner instanceof TextInputControl) {
            before = owner;
            root.requestFocus();
        }
    }

    private void giveBack() {
        Node owner = before;
        before = null;
        // Meanwhile another screen may be there.
        if (owner != null && stage.getScene().equals(owner.getScene())) {
            owner.requestFocus();
        }
    }
}
