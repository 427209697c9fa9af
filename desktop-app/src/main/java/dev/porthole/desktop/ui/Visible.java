package dev.porthole.desktop.ui;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** Shows nodes and takes their room away when hidden. */
public final class Visible {
    private Visible() {}

    /** From now on {@code node} is there exactly while {@code condition} holds. */
    public static <N extends Node> N when(ObservableValue<Boolean> condition, N node) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }

    /** Shows or hides {@code node} now. */
    public static void set(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
