package dev.porthole.desktop.ui;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;

/** Scrolls so that the part with the keyboard's focus is in sight: whoever uses no mouse sees where they are. */
public final class FocusInSight {
    private static final double MARGIN = 24;

    private final ScrollPane pane;

    private FocusInSight(ScrollPane pane) {
        this.pane = pane;
    }

    /** From now on {@code pane} follows the focus within it. */
    public static void in(ScrollPane pane) {
        FocusInSight sight = new FocusInSight(pane);
        pane.sceneProperty().flatMap(Scene::focusOwnerProperty).subscribe(focused -> sight.reveal());
        pane.viewportBoundsProperty().subscribe(size -> sight.reveal());
        pane.contentProperty().flatMap(Node::layoutBoundsProperty).subscribe(size -> sight.reveal());
    }

    private void reveal() {
        Node focused = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        if (focused == null || pane.getContent() == null || !holds(focused)) {
            return;
        }
        double hidden = pane.getContent().getLayoutBounds().getHeight()
                - pane.getViewportBounds().getHeight();
        if (hidden <= 0) {
            return;
        }
        Bounds place = pane.getContent().sceneToLocal(focused.localToScene(focused.getLayoutBounds()));
        double top = pane.getVvalue() * hidden;
        double bottom = top + pane.getViewportBounds().getHeight();
        if (place.getMinY() < top) {
            pane.setVvalue(Math.max(0, place.getMinY() - MARGIN) / hidden);
        } else if (place.getMaxY() > bottom) {
            pane.setVvalue((place.getMaxY() - pane.getViewportBounds().getHeight() + MARGIN) / hidden);
        }
    }

    private boolean holds(Node node) {
        for (Node parent = node; parent != null; parent = parent.getParent()) {
            if (parent.equals(pane.getContent())) {
                return true;
            }
        }
        return false;
    }
}
