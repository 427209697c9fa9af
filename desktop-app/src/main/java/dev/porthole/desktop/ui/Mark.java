package dev.porthole.desktop.ui;

import dev.porthole.icons.MarkShape;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Scale;

/** The porthole: a ring with light in it, lit when something is shared. */
public final class Mark extends StackPane {
    private static final PseudoClass LIT = PseudoClass.getPseudoClass("lit");

    /** @param size in pixels, at the window's own scale */
    public Mark(double size) {
        getStyleClass().add("mark");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(Texts.text("mark.name"));
        Group shapes = new Group();
        for (MarkShape shape : MarkShape.ALL) {
            SVGPath path = new SVGPath();
            path.setContent(shape.path());
            path.getStyleClass().add(shape.role().cssClass());
            if (shape.strokeWidth() > 0) {
                path.setStrokeWidth(shape.strokeWidth());
            }
            shapes.getChildren().add(path);
        }
        shapes.getTransforms().add(new Scale(size / MarkShape.BOX, size / MarkShape.BOX));
        getChildren().add(new Group(shapes));
        setMinSize(size, size);
        setMaxSize(size, size);
    }

    /** Turns the light on or off. */
    public void setLit(boolean lit) {
        pseudoClassStateChanged(LIT, lit);
    }
}
