package dev.porthole.desktop.app;

import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Tasks;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;

/** The whole app in front of a façade in memory. Made on the FX thread. */
final class AppFixture {
    final FakePorthole porthole;
    final FakeOutside outside = new FakeOutside();
    final CountDownLatch exited = new CountDownLatch(1);
    final App app;
    final Stage stage;
    final MainWindow window;

    AppFixture(FakePorthole porthole, Stage stage) {
        this.porthole = porthole;
        this.stage = stage;
        EmbeddedStart embedded = new EmbeddedStart() {
            @Override
            public SignIn.SignedIn start() throws PortholeException {
                return porthole.signInAsOwner(URI.create("http://localhost:8080"), (challenge, back) -> "");
            }

            @Override
            public void resume() {}
        };
        this.app = App.of(porthole, embedded, Tasks.onVirtualThreads(), outside, InstantSource.fixed(FakePorthole.NOW));
        app.theme().appearanceProperty().set(Appearance.LIGHT);
        this.window = new MainWindow(app, stage, exited::countDown);
        window.bringToFront();
    }

    /** What is in front: the window, or a question over it. */
    Scene top() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .reduce(stage, (below, above) -> above)
                .getScene();
    }

    /** Closes the window as its frame's button does, and gets it back from the task bar if it is still there. */
    void close() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
        if (exited.getCount() > 0) {
            window.bringToFront();
        }
    }
}
