package dev.porthole.desktop.tray;

import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.dbus.SessionBus;
import dev.porthole.desktop.notifications.BusNotifier;
import dev.porthole.desktop.notifications.Notice;
import dev.porthole.desktop.notifications.Notifier;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The tray of this desktop, whichever kind it has, with a view model behind it. Belongs to the FX thread; what a
 * desktop does happens elsewhere.
 */
public final class Trays implements AutoCloseable {
    private final TrayViewModel model;
    private final Executor screen;
    private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper();
    private Subscription following = () -> {};
    private @Nullable Tray tray;

    public Trays(TrayViewModel model, Tasks tasks) {
        this.model = model;
        this.screen = tasks.screen();
    }

    /** Whether people see the icon now: false before the desktop has said so, and where it has no tray. */
    public ReadOnlyBooleanProperty shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /**
     * Looks for the desktop's tray from now on. Returns at once.
     *
     * @param clicked hears on the FX thread which notification was clicked
     * @return the desktop's way to notify, which on some systems is the tray's
     */
    public Notifier start(SessionBus bus, String title, Consumer<Notice.Subject> clicked) {
        TrayListener listener = new OnScreen();
        Consumer<Notice.Subject> onScreen = about -> screen.execute(() -> clicked.accept(about));
        if (SessionBus.isUsual()) {
            begin(StatusNotifierTray.start(bus, listener, title));
            return new BusNotifier(bus, title, Texts.text("tray.open"), onScreen);
        }
        AwtTray awt = new AwtTray(listener, title, onScreen);
        begin(awt);
        return awt;
    }

    void begin(Tray found) {
        tray = found;
        javafx.util.Subscription states = model.stateProperty().subscribe(found::show);
        following = FxBindings.all(states::unsubscribe, model.follow());
    }

    @Override
    public void close() {
        following.close();
        if (tray != null) {
            tray.close();
        }
    }

    /** Brings what a person does to the FX thread. */
    private final class OnScreen implements TrayListener {
        @Override
        public void opened() {
            screen.execute(model::menuOpened);
        }

        @Override
        public void closed() {
            screen.execute(model::menuClosed);
        }

        @Override
        public void chosen(TrayCommand command) {
            screen.execute(() -> model.perform(command));
        }

        @Override
        public void shown(boolean isShown) {
            screen.execute(() -> shown.set(isShown));
        }
    }
}
