package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Fx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/**
 * Every screen: drawn to {@code target/screenshots} in light and dark, and looked over. For the pictures alone:
 * {@code ./mvnw test -pl desktop-app -am -Dtest=ScreensTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ScreensTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    private Path folder;

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    // B-B15
    @ParameterizedTest
    @EnumSource
    void isDrawnInLightAndDark(Gallery screen) throws Exception {
        AppFixture fixture = open(screen);
        try {
            for (Appearance appearance : List.of(Appearance.LIGHT, Appearance.DARK)) {
                Fx.run(() -> fixture.app.theme().appearanceProperty().set(appearance));
                String name = screen.fileName() + "-" + appearance.name().toLowerCase(Locale.ROOT) + ".png";
                Path picture = Fx.picture(fixture.top(), PICTURES.resolve(name));
                assertThat(Files.size(picture)).isGreaterThan(5_000);
            }
        } finally {
            fixture.release();
        }
    }

    // B-B15
    @ParameterizedTest
    @EnumSource
    void givesEveryControlANameAndCutsNoWordOff(Gallery screen) {
        AppFixture fixture = open(screen);
        try {
            assertThat(unnamed(fixture.stage.getScene()))
                    .as("controls without a name")
                    .isEmpty();
            assertThat(cutOff(fixture.stage.getScene()))
                    .as("words cut off at 1000 x 700")
                    .isEmpty();
            Fx.run(() -> {
                fixture.stage.setWidth(720);
                fixture.stage.setHeight(480);
            });
            Fx.until("the small window", () -> fixture.stage.getScene().getWidth() <= 720);
            Fx.picture(fixture.stage.getScene(), PICTURES.resolve(screen.fileName() + "-small.png"));
            assertThat(cutOff(fixture.stage.getScene()))
                    .as("words cut off at 720 x 480")
                    .isEmpty();
        } finally {
            fixture.release();
        }
    }

    private AppFixture open(Gallery screen) {
        FakePorthole porthole = new FakePorthole(folder);
        screen.prepare(porthole);
        AppFixture fixture = Fx.call(() -> new AppFixture(porthole, new Stage()));
        Fx.until("the window", () -> fixture.stage.isShowing());
        screen.visit(fixture);
        return fixture;
    }

    private static List<String> unnamed(Scene scene) {
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
    private static List<String> cutOff(Scene scene) {
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
            if (parent instanceof ScrollPane) {
                return true;
            }
        }
        return false;
    }
}
