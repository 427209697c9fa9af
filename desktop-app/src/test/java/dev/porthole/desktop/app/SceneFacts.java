package dev.porthole.desktop.app;

import dev.porthole.desktop.ui.Fx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;

/** What must hold for everything that a scene shows, whatever its screen. Not on the FX thread, unless it says so. */
final class SceneFacts {
    private static final Set<String> ENGLISH_ALONE = englishAlone();

    private SceneFacts() {}

    /** Texts that are shown in English, and have German words; what went wrong was said before. On the FX thread. */
    static List<String> english(Scene scene) {
        return SceneWalk.of(scene).stream()
                .filter(Labeled.class::isInstance)
                .filter(node -> !node.getStyleClass().contains("problem"))
                .map(node -> ((Labeled) node).getText())
                .filter(ENGLISH_ALONE::contains)
                .toList();
    }

    private static Set<String> englishAlone() {
        ResourceBundle english = ResourceBundle.getBundle("dev.porthole.desktop.texts", Locale.ROOT);
        ResourceBundle german = ResourceBundle.getBundle("dev.porthole.desktop.texts", Locale.GERMAN);
        Set<String> both = german.keySet().stream().map(german::getString).collect(Collectors.toSet());
        return english.keySet().stream()
                .map(english::getString)
                .filter(words -> !both.contains(words))
                .collect(Collectors.toSet());
    }

    /** Controls that the keyboard reaches and a screen reader cannot name. */
    static List<String> unnamed(Scene scene) {
        return Fx.call(() -> SceneWalk.of(scene).stream()
                .filter(node -> node instanceof Control control && control.isFocusTraversable())
                .filter(node -> !(node instanceof ScrollPane) && !(node instanceof ScrollBar))
                .filter(node -> node.getAccessibleText() == null
                        || node.getAccessibleText().isBlank())
                .map(Node::toString)
                .toList());
    }

    /**
     * Labels that show an ellipsis or stand outside of the window. Some may: those that say so with a minimum width
     * below their own, because the whole text is in a tooltip or can be scrolled to.
     */
    static List<String> cutOff(Scene scene) {
        return Fx.call(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            List<String> found = new ArrayList<>();
            for (Node node : SceneWalk.of(scene)) {
                if (node instanceof Labeled labeled && isCut(labeled)) {
                    found.add(labeled.getText());
                }
                if (node instanceof Control && !inside(scene, node)) {
                    found.add(node + " outside of the window");
                }
            }
            return found;
        });
    }

    private static boolean isCut(Labeled labeled) {
        boolean mayShrink = labeled.getMinWidth() >= 0 || labeled.getTooltip() != null;
        String words = labeled.getText();
        if (mayShrink || words == null || words.isEmpty() || words.endsWith("…")) {
            return false;
        }
        return labeled.lookupAll(".text").stream()
                .filter(Text.class::isInstance)
                .map(text -> ((Text) text).getText())
                .anyMatch(drawn -> drawn.endsWith("…") || drawn.endsWith("..."));
    }

    private static boolean inside(Scene scene, Node node) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return bounds.getMinX() >= -1
                && bounds.getMaxX() <= scene.getWidth() + 1
                && (inScrollPane(node) || (bounds.getMinY() >= -1 && bounds.getMaxY() <= scene.getHeight() + 1));
    }

    private static boolean inScrollPane(Node node) {
        for (Node parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof ScrollPane || parent instanceof ListView<?>) {
                return true;
            }
        }
        return false;
    }
}
