package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.BrowserOpener;
import dev.porthole.core.PortholeException;
import dev.porthole.core.config.Config;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ProductVersion;
import dev.porthole.desktop.autostart.Autostart;
import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.desktop.doctor.DoctorViewModel;
import dev.porthole.desktop.links.DeepLink;
import dev.porthole.desktop.settings.Preferences;
import dev.porthole.desktop.settings.UpdateLook;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Theme;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code porthole} without arguments: the app. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final PortholeHome home;
    private final Porthole porthole;
    private final OwnComputer ownComputer;
    private final SingleInstance instance;
    private final Wish wish;
    private final SessionBus bus = SessionBus.ofThisSession();

    private Main(PortholeHome home, Porthole porthole, OwnComputer ownComputer, SingleInstance instance, Wish wish) {
        this.home = home;
        this.porthole = porthole;
        this.ownComputer = ownComputer;
        this.instance = instance;
        this.wish = wish;
    }

    /**
     * Starts the app, or brings the one that runs to the front.
     *
     * @param arguments nothing, {@code --hidden}, or a link with or without {@code open} before it
     */
    public static void main(String[] arguments) {
        try {
            Wish wish = Wish.of(arguments);
            PortholeHome home = PortholeHome.ofThisProcess();
            AppLog.start(home);
            Optional<SingleInstance> instance = SingleInstance.claim(home.stateFile("app"), wish.message());
            if (instance.isEmpty()) {
                return;
            }
            Future<Porthole> opening = open(home);
            startPlatform(choicesOf(home));
            Porthole porthole = get(opening);
            new Main(home, porthole, new OwnComputer(home, porthole), instance.get(), wish).start();
        } catch (DeepLink.InvalidLinkException | IllegalArgumentException wrongUse) {
            giveUp(String.valueOf(wrongUse.getMessage()), PortholeException.Kind.WRONG_USE.exitCode());
        } catch (PortholeException | IOException failure) {
            giveUp(String.valueOf(failure.getMessage()));
        }
    }

    /** The core opens while JavaFX starts: neither waits for the other. */
    private static Future<Porthole> open(PortholeHome home) {
        FutureTask<Porthole> opening = new FutureTask<>(() -> Porthole.open(
                home, Porthole.Options.of(ProductVersion.text()).withPublicUrl(System.getenv("PORTHOLE_PUBLIC_URL"))));
        Thread.ofVirtual().name("porthole-open").start(opening);
        return opening;
    }

    private static Porthole get(Future<Porthole> opening) throws PortholeException {
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PortholeException told) {
                throw told;
            }
            if (failed.getCause() instanceof IllegalArgumentException wrongUse) {
                throw wrongUse;
            }
            // JavaFX runs already: what is only thrown here would leave a program without a window.
            throw new PortholeException(
                    PortholeException.Kind.FAILED, "Porthole does not open: " + failed.getCause(), failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new PortholeException(PortholeException.Kind.FAILED, "interrupted while starting", ended);
        }
    }

    private static Config choicesOf(PortholeHome home) {
        try (ConfigFile file = new ConfigFile(home.configFile(), InstantSource.system())) {
            return file.config().get();
        }
    }

    /** Returns when there is an FX thread; what must be known before that is the language and the scale. */
    private static void startPlatform(Config chosen) {
        Texts.speak(Preferences.languageOf(chosen));
        // For the words that JavaFX brings itself, such as those of a text field's menu.
        Locale.setDefault(Locale.Category.DISPLAY, Texts.language());
        Preferences.scaleOf(chosen).apply();
        try {
            // Not Application.launch: the window is given what it needs, and nothing is found by reflection.
            Platform.startup(() -> {
                Platform.setImplicitExit(false);
                Optional<RestingPulse> _ = RestingPulse.install(() -> {});
            });
        } catch (UnsupportedOperationException noScreen) {
            LOG.debug("JavaFX does not start", noScreen);
            giveUp(Texts.text("start.noScreen"));
        }
    }

    private void start() {
        // A signal ends the process without asking JavaFX: the server hears of it all the same.
        Runtime.getRuntime().addShutdownHook(new Thread(this::letGo, "porthole-exit"));
        Platform.runLater(this::show);
    }

    private void show() {
        Tasks tasks = Tasks.onVirtualThreads();
        Outside outside = new DesktopOutside(BrowserOpener.system());
        InstantSource clock = InstantSource.system();
        App app = App.of(
                porthole,
                ownComputer,
                tasks,
                outside,
                clock,
                Autostart.ofThisProcess(),
                UpdateLook.ofThisBuild(porthole.config(), home),
                DoctorViewModel.usualFolder());
        Subscription _ = app.updates().everyDay();
        app.ownServer().resume();
        Stage stage = new Stage();
        MainWindow window = new MainWindow(app, stage, () -> exit(tasks));
        Presence presence = new Presence(app, window, porthole, tasks, outside, clock);
        wish.link().ifPresent(app.links()::asked);
        if (wish.hidden()) {
            presence.startHidden();
        } else {
            window.bringToFront();
            FirstPicture.tellOf(clock);
        }
        // After the first picture: drawing the icon takes longer than the window.
        Platform.runLater(() -> WindowIcon.follow(stage, app.shell().litProperty(), Theme.STYLESHEET));
        Platform.runLater(() -> presence.start(bus));
        try {
            instance.listen(message -> Platform.runLater(() -> presence.told(message)));
        } catch (IOException failed) {
            LOG.warn("A second start will not reach this one", failed);
        }
    }

    /** The window is gone already; the farewell to the server may take a second. */
    private void exit(Tasks tasks) {
        tasks.create(this::letGo).andFinally(() -> System.exit(0)).start();
    }

    private void letGo() {
        List<String> _ = porthole.close(false);
        ownComputer.close();
        bus.close();
        try {
            instance.close();
        } catch (IOException harmless) {
            LOG.debug("The single-instance socket", harmless);
        }
    }

    private static void giveUp(String words) {
        giveUp(words, PortholeException.Kind.FAILED.exitCode());
    }

    @SuppressWarnings("SystemOut") // nobody reads a log before there is a window
    private static void giveUp(String words, int exitCode) {
        System.err.println("porthole: " + words);
        System.exit(exitCode);
    }
}
