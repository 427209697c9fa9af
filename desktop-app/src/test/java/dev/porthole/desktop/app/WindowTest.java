package dev.porthole.desktop.app;

import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.ui.Fx;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** A test that clicks through the whole window, in front of a façade in memory. */
abstract class WindowTest {
    @TempDir
    private Path folder;

    FakePorthole porthole;
    AppFixture app;
    final Person person = new Person();

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    @SuppressWarnings("NullAway.Init") // each test opens the window itself, after it has said what the façade is like
    void makePorthole() {
        porthole = new FakePorthole(folder);
    }

    /** Opens the window; before that, a test says what the façade is like. */
    void open() {
        app = Fx.call(() -> new AppFixture(porthole, new Stage()));
        Fx.until("the window", () -> app.stage.isShowing());
    }

    @AfterEach
    void closeWindows() {
        app.release();
    }
}
