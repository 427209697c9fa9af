package dev.porthole.desktop.app;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/**
 * Fills the window with a screen, and scrolls it where the window is smaller than the screen's least size: then the
 * part that has the keyboard's focus is kept in sight.
 */
final class RoomyPane extends ScrollPane {
    private static final double MARGIN = 24;

    RoomyPane(Region screen) {
        super(screen);
        screen.setMinHeight(Region.USE_COMPUTED_SIZE);
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinSize(0, 0);
        sceneProperty().flatMap(Scene::focusOwnerProperty).subscribe(focused -> reveal());
        screen.heightProperty().subscribe(height -> reveal());
        viewportBoundsProperty().subscribe(size -> reveal());
    }

    private void reveal() {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        double hidden =
                getContent().getLayoutBounds().getHeight() - getViewportBounds().getHeight();
        if (focused == null || hidden <= 0 || !holds(focused)) {
            return;
        }
        Bounds place = getContent().sceneToLocal(focused.localToScene(focused.getLayoutBounds()));
        double top = getVvalue() * hidden;
        double bottom = top + getViewportBounds().getHeight();
        if (place.getMinY() < top) {
            setVvalue(place.getMinY() / hidden);
        } else if (place.getMaxY() > bottom) {
            setVvalue((place.getMaxY() - getViewportBounds().getHeight() + MARGIN) / hidden);
        }
    }

    private boolean holds(Node node) {
        for (Node parent = node; parent != null; parent = parent.getParent()) {
            if (parent.equals(getContent())) {
                return true;
            }
        }
        return false;
    }
}
