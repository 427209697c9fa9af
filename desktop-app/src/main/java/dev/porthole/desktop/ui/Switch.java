package dev.porthole.desktop.ui;

import javafx.css.PseudoClass;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** On or off. A toggle button in other clothes, so that keyboard and screen reader know it. */
public final class Switch extends ToggleButton {
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");

    public Switch() {
        getStyleClass().setAll("switch");
        Region thumb = new Region();
        thumb.getStyleClass().add("thumb");
        StackPane track = new StackPane(thumb);
        track.getStyleClass().add("track");
        setGraphic(track);
    }

    /** Busy looks half on and takes no clicks, but keeps the keyboard's focus. */
    public void setBusy(boolean busy) {
        pseudoClassStateChanged(BUSY, busy);
    }
}
