package dev.porthole.desktop.ui;

import java.util.List;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Dialog;
import javafx.scene.layout.Region;

/** Gives a dialog the looks of the window that it goes over. */
public final class DialogDress {
    private DialogDress() {}

    /**
     * Dresses it, before it is shown.
     *
     * @param owner is shown on the window that it goes over
     */
    public static void dress(Dialog<?> dialog, Node owner, String title) {
        Scene below = Objects.requireNonNull(owner.getScene());
        dialog.initOwner(below.getWindow());
        dialog.setTitle(title);
        dialog.setHeaderText(title);
        dialog.setGraphic(null);
        dialog.getDialogPane().getStylesheets().setAll(below.getStylesheets());
        dialog.getDialogPane().getStyleClass().add("confirmation");
        for (PseudoClass look : List.of(Theme.DARK, Theme.CONTRAST)) {
            boolean has = below.getRoot().getPseudoClassStates().contains(look);
            dialog.getDialogPane().pseudoClassStateChanged(look, has);
        }
        dialog.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
    }
}
