package dev.porthole.desktop.app;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** Fills the window with a screen, and scrolls it where the window is smaller than the screen's least size. */
final class RoomyPane extends ScrollPane {
    RoomyPane(Region screen) {
        super(screen);
        screen.setMinHeight(Region.USE_COMPUTED_SIZE);
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinSize(0, 0);
    }
}
