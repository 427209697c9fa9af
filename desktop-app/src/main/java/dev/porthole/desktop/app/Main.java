package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.BrowserOpener;
import dev.porthole.core.PortholeException;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.desktop.ProductVersion;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Theme;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code porthole} without arguments: the app. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final Porthole porthole;
    private final OwnComputer ownComputer;
    private final SingleInstance instance;

    private Main(Porthole porthole, OwnComputer ownComputer, SingleInstance instance) {
        this.porthole = porthole;
        this.ownComputer = ownComputer;
        this.instance = instance;
    }

    /** Starts the app, or brings the one that runs to the front. */
    public static void main(String[] arguments) {
        try {
            PortholeHome home = PortholeHome.ofThisProcess();
            AppLog.start(home);
            Optional<SingleInstance> instance = SingleInstance.claim(home.stateFile("app"));
            if (instance.isEmpty()) {
                return;
            }
            Porthole porthole = Porthole.open(home, Porthole.Options.of(ProductVersion.text()));
            new Main(porthole, new OwnComputer(home, porthole), instance.get()).start();
        } catch (PortholeException | IOException failure) {
            giveUp(String.valueOf(failure.getMessage()));
        }
    }

    private void start() {
        // A signal ends the process without asking JavaFX: the server hears of it all the same.
        Runtime.getRuntime().addShutdownHook(new Thread(this::letGo, "porthole-exit"));
        try {
            // Not Application.launch: the window is given what it needs, and nothing is found by reflection.
            Platform.startup(this::show);
        } catch (UnsupportedOperationException noScreen) {
            LOG.debug("JavaFX does not start", noScreen);
            giveUp(Texts.text("start.noScreen"));
        }
    }

    private void show() {
        Platform.setImplicitExit(false);
        Tasks tasks = Tasks.onVirtualThreads();
        App app = App.of(
                porthole, ownComputer, tasks, new DesktopOutside(BrowserOpener.system()), InstantSource.system());
        app.ownServer().resume();
        Stage stage = new Stage();
        MainWindow window = new MainWindow(app, stage, () -> exit(tasks));
        window.bringToFront();
        // After the first picture: drawing the icon takes longer than the window.
        Platform.runLater(() -> WindowIcon.follow(stage, app.shell().litProperty(), Theme.STYLESHEET));
        try {
            instance.listen(message -> {
                switch (message) {
                    case InstanceMessage.Show _ -> Platform.runLater(window::bringToFront);
                }
            });
        } catch (IOException failed) {
            LOG.warn("A second start will not reach this one", failed);
        }
    }

    /** The window is gone already; the farewell to the server may take a second. */
    private void exit(Tasks tasks) {
        tasks.create(this::letGo).andFinally(() -> System.exit(0)).start();
    }

    private void letGo() {
        porthole.close(false);
        ownComputer.close();
        try {
            instance.close();
        } catch (IOException harmless) {
            LOG.debug("The single-instance socket", harmless);
        }
    }

    @SuppressWarnings("SystemOut") // nobody reads a log before there is a window
    private static void giveUp(String words) {
        System.err.println("porthole: " + words);
        System.exit(1);
    }
}
