package dev.porthole.desktop.app;

import static dev.porthole.desktop.ui.Texts.text;

import dev.porthole.core.Porthole;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.desktop.notifications.News;
import dev.porthole.desktop.notifications.Notice;
import dev.porthole.desktop.notifications.NoticeKind;
import dev.porthole.desktop.notifications.Notifier;
import dev.porthole.desktop.settings.Preferences;
import dev.porthole.desktop.tray.TrayDoors;
import dev.porthole.desktop.tray.TrayViewModel;
import dev.porthole.desktop.tray.Trays;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyBooleanProperty;

/**
 * The app outside of its window: the tray, what it tells while nobody looks, and what other programs ask of it. Belongs
 * to the FX thread.
 */
final class Presence implements TrayDoors {
    /** A panel that starts with the session, or starts anew, takes this long. */
    private static final Duration PANEL_STARTS = Duration.ofSeconds(10);

    private final App app;
    private final MainWindow window;
    private final Tasks tasks;
    private final Trays trays;
    private final News news;
    private Notifier notifier = notice -> {};

    Presence(App app, MainWindow window, Porthole porthole, Tasks tasks, Outside outside, InstantSource clock) {
        this.app = app;
        this.window = window;
        this.tasks = tasks;
        TrayViewModel menu = new TrayViewModel(porthole, tasks, outside, this);
        this.trays = new Trays(menu, tasks);
        this.news = new News(porthole, tasks, clock, this::wants, window::isInFront, notice -> notifier.tell(notice));
        app.language().subscribe((before, chosen) -> menu.speakAnew());
        window.hideInTray(trays.shownProperty(), this::explainHiding);
        trays.shownProperty().subscribe((before, isShown) -> {
            if (!isShown) {
                showUnlessTray();
            }
        });
    }

    /** Goes to the desktop from now on; after the first picture of the window. Returns at once. */
    void start(SessionBus bus) {
        notifier = trays.start(bus, text("app.name"), this::clicked);
        Subscription _ = news.follow();
    }

    /** Starts without a window; if there is no tray to bring it back, it is in the task bar. */
    void startHidden() {
        showUnlessTray();
    }

    /** Whether people see the icon. */
    ReadOnlyBooleanProperty trayProperty() {
        return trays.shownProperty();
    }

    /** Another start of the app had something to say. */
    void told(InstanceMessage message) {
        switch (message) {
            case InstanceMessage.Show _ -> window.bringToFront();
            case InstanceMessage.Share(var link) -> {
                app.links().asked(link);
                window.bringToFront();
            }
        }
    }

    @Override
    public void open() {
        window.bringToFront();
    }

    @Override
    public void askWhatToShare() {
        app.shell().go(Screen.SHARE);
        window.bringToFront();
    }

    @Override
    public void share(ListeningPort port) {
        app.share().share(port);
    }

    @Override
    public void showTunnels() {
        app.shell().go(Screen.TUNNELS);
        window.bringToFront();
    }

    @Override
    public void quit() {
        window.quit();
    }

    private void clicked(Notice.Subject about) {
        switch (about) {
            case Notice.Subject.OneTunnel(String id) -> {
                app.shell().openTunnel(id);
                window.bringToFront();
            }
            case Notice.Subject.Tunnels _ -> showTunnels();
            case Notice.Subject.Window _ -> open();
        }
    }

    private boolean wants(NoticeKind kind) {
        Preferences chosen = app.preferences();
        return switch (kind) {
            case READY -> chosen.notifyReadyProperty().get();
            case LOST -> chosen.notifyLostProperty().get();
            case SIGN_IN -> chosen.notifySignInProperty().get();
            case FIRST_VISITOR -> chosen.notifyFirstVisitorProperty().get();
            case ABOUT_THE_APP -> true;
        };
    }

    private void explainHiding() {
        notifier.tell(new Notice(
                "hidden",
                NoticeKind.ABOUT_THE_APP,
                text("notice.hidden"),
                text("notice.hidden.text"),
                new Notice.Subject.Window()));
    }

    /** A window that is hidden, and no icon that brings it back: nobody would find it. */
    private void showUnlessTray() {
        Subscription _ = tasks.after(PANEL_STARTS, () -> {
            if (!trays.shownProperty().get()) {
                window.showMinimised();
            }
        });
    }
}
