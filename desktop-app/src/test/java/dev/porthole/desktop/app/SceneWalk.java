package dev.porthole.desktop.app;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;

/** Every node that a scene shows. */
final class SceneWalk {
    private SceneWalk() {}

    static List<Node> of(Scene scene) {
        List<Node> seen = new ArrayList<>();
        walk(scene.getRoot(), seen);
        return seen;
    }

    private static void walk(Node node, List<Node> seen) {
        if (!node.isVisible()) {
            return;
        }
        seen.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, seen));
        }
    }
}
