package dev.porthole.desktop.app;

import dev.porthole.core.PortholeException;
import dev.porthole.core.SignIn;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.update.Channel;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.SemanticVersion;
import dev.porthole.desktop.FakeOutside;
import dev.porthole.desktop.FakePorthole;
import dev.porthole.desktop.settings.FakeInstaller;
import dev.porthole.desktop.signin.EmbeddedStart;
import dev.porthole.desktop.ui.Appearance;
import dev.porthole.desktop.ui.Fx;
import dev.porthole.desktop.ui.Language;
import dev.porthole.desktop.ui.Tasks;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;

/** The whole app in front of a façade in memory. Made on the FX thread. */
final class AppFixture {
    /** What the list of releases says. */
    static final Release NEWER = new Release(
            SemanticVersion.parse("0.2.0").orElseThrow(),
            Channel.STABLE,
            LocalDate.of(2026, 11, 20),
            URI.create("https://porthole.example/releases/0.2.0"));

    final FakePorthole porthole;
    final FakeOutside outside = new FakeOutside();
    final CountDownLatch exited = new CountDownLatch(1);
    final App app;
    final Stage stage;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Runnable> waiting = new ArrayList<>();
    private final AtomicInteger ticks = new AtomicInteger();
    final MainWindow window;
    final Tasks tasks;
    final InstantSource clock;

    AppFixture(FakePorthole porthole, Stage stage) {
        this.porthole = porthole;
        // Looks at the ports once; a tenth of a second passes with each look at the clock.
        tasks = new Tasks(this::inBackground, Platform::runLater, this::later);
        clock = () -> FakePorthole.NOW.plusMillis(100L * ticks.incrementAndGet());
        this.stage = stage;
        EmbeddedStart embedded = new EmbeddedStart() {
            @Override
            public SignIn.SignedIn start() throws PortholeException {
                return porthole.signInAsOwner(URI.create("http://localhost:8080"), (challenge, back) -> "");
            }

            @Override
            public void resume() {}
        };
        this.app = App.of(
                porthole,
                embedded,
                tasks,
                outside,
                clock,
                Optional.of(new FakeAutostart()),
                Optional.of(
                        porthole.installerIsThere ? new FakeInstaller().beside(NEWER) : channel -> Optional.of(NEWER)),
                porthole.folder);
        app.theme().appearanceProperty().set(Appearance.LIGHT);
        app.language().set(Language.ENGLISH);
        this.window = new MainWindow(app, stage, exited::countDown);
        window.bringToFront();
    }

    private Subscription later(Duration delay, Runnable then) {
        waiting.add(then);
        return () -> waiting.remove(then);
    }

    /** Ends every wait that is under way now. On the FX thread. */
    void timePasses() {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
    }

    /** Work is started on the FX thread; what is still asked for while the window goes is not begun any more. */
    private void inBackground(Runnable work) {
        if (!background.isShutdown()) {
            background.execute(work);
        }
    }

    /** Closes every window and waits until nothing runs in the background any more. Not on the FX thread. */
    void release() {
        porthole.goOn();
        porthole.finishSignIn();
        Fx.run(() -> {
            List.copyOf(Window.getWindows()).forEach(Window::hide);
            background.shutdown();
        });
        background.close();
        porthole.close();
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
