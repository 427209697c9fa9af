package dev.porthole.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Fx;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
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
            assertThat(SceneFacts.unnamed(fixture.top()))
                    .as("controls without a name")
                    .isEmpty();
            assertThat(SceneFacts.cutOff(fixture.top()))
                    .as("words cut off in front")
                    .isEmpty();
            assertThat(SceneFacts.cutOff(fixture.stage.getScene()))
                    .as("words cut off at 1000 x 700")
                    .isEmpty();
            Fx.run(() -> {
                fixture.stage.setWidth(720);
                fixture.stage.setHeight(480);
            });
            Fx.until("the small window", () -> fixture.stage.getScene().getWidth() <= 720);
            Fx.picture(fixture.stage.getScene(), PICTURES.resolve(screen.fileName() + "-small.png"));
            assertThat(SceneFacts.cutOff(fixture.stage.getScene()))
                    .as("words cut off at 720 x 480")
                    .isEmpty();
        } finally {
            fixture.release();
        }
    }

    // B-B15
    @ParameterizedTest
    @EnumSource
    void speaksGermanAtOnceAndCutsNoWordOff(Gallery screen) {
        AppFixture fixture = open(screen);
        try {
            Fx.run(() -> fixture.app.language().set(Language.GERMAN));
            Scene scene = fixture.stage.getScene();
            // What comes from the core's observables arrives a moment later.
            Fx.until("German alone", () -> SceneFacts.english(scene).isEmpty());
            Fx.picture(scene, PICTURES.resolve(screen.fileName() + "-german.png"));
            assertThat(SceneFacts.cutOff(scene))
                    .as("words cut off at 1000 x 700")
                    .isEmpty();
            // At 200 % the smallest window is this size, with twice the pixels.
            Fx.run(() -> {
                fixture.stage.setWidth(720);
                fixture.stage.setHeight(480);
            });
            Fx.until("the small window", () -> scene.getWidth() <= 720);
            Fx.picture(scene, PICTURES.resolve(screen.fileName() + "-german-200.png"), 2);
            assertThat(SceneFacts.cutOff(scene))
                    .as("words cut off at 720 x 480")
                    .isEmpty();
        } finally {
            fixture.release();
            Texts.speak(Language.ENGLISH);
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
}
