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
import javafx.stage.Stage;

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
}
