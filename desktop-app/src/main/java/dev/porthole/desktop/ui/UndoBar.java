package dev.porthole.desktop.ui;

import static dev.porthole.desktop.ui.Texts.text;

import java.util.Optional;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/** Below every screen, while something can be taken back: what was done, and the button that takes it back. */
public final class UndoBar extends StackPane {
    private final Undo undo;
    private final String keys;

    /** @param keys what to press instead, as the system writes it: "Ctrl+Z" */
    public UndoBar(Undo undo, String keys) {
        this.undo = undo;
        this.keys = keys;
        setId("undo");
        getStyleClass().add("undo-place");
        undo.offerProperty().subscribe(this::render);
    }

    private void render(Optional<Undo.Offer> offer) {
        getChildren().clear();
        offer.ifPresent(made -> getChildren().add(bar(made.text())));
        Visible.set(this, offer.isPresent());
    }

    private HBox bar(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        Button back = Buttons.plain(text("undo.back"), undo::takeBack);
        back.setId("undo-back");
        back.setTooltip(new Tooltip(keys));
        back.setAccessibleText(text("undo.back.what", words, keys));
        Button dismiss = Buttons.icon(Feather.X, text("undo.dismiss"), undo::commitNow);
        dismiss.getStyleClass().add("quiet-button");
        HBox bar = new HBox(label, back, dismiss);
        bar.getStyleClass().add("undo-bar");
        bar.setAccessibleRole(AccessibleRole.TEXT);
        bar.setAccessibleText(words);
        bar.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        return bar;
    }
}
