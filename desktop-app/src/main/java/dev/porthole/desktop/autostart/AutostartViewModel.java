package dev.porthole.desktop.autostart;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.io.IOException;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/** Whether the app starts when its user signs in. The system's own file says so, not ours. Belongs to the FX thread. */
public final class AutostartViewModel {
    private final Optional<Autostart> autostart;
    private final BooleanProperty hidden;
    private final Tasks tasks;
    private final BooleanProperty startAtSignIn = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    // What is in the file, as far as is known: setting the property to that changes nothing.
    private boolean known;

    /**
     * @param autostart empty where this program can't be started by itself
     * @param hidden whether it then starts without a window; may change
     */
    public AutostartViewModel(Optional<Autostart> autostart, BooleanProperty hidden, Tasks tasks) {
        this.autostart = autostart;
        this.hidden = hidden;
        this.tasks = tasks;
        startAtSignIn.subscribe((before, on) -> chosen(on));
        hidden.subscribe((before, isHidden) -> {
            if (known) {
                write(true);
            }
        });
    }

    /** Whether there is such a thing here. */
    public boolean isAvailable() {
        return autostart.isPresent();
    }

    /** Whether it does; setting it changes that at once, and back if it does not work. */
    public BooleanProperty startAtSignInProperty() {
        return startAtSignIn;
    }

    /** Why it could not be changed; empty when nothing is wrong. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Looks how it is now: the desktop's own settings may have changed it. */
    public void load() {
        autostart.ifPresent(it -> tasks.create(it::isOn)
                .onSuccess(this::isNow)
                .onError(failure -> {})
                .start());
    }

    private void chosen(boolean on) {
        if (on != known) {
            write(on);
        }
    }

    private void write(boolean on) {
        boolean isHidden = hidden.get();
        problem.set("");
        autostart.ifPresent(it -> tasks.create(() -> change(it, on, isHidden))
                .onSuccess(done -> isNow(on))
                .onError(failure -> {
                    problem.set(PlainText.of(String.valueOf(failure.getMessage())));
                    startAtSignIn.set(known);
                })
                .start());
    }

    private static void change(Autostart autostart, boolean on, boolean isHidden) throws PortholeException {
        try {
            if (on) {
                autostart.turnOn(isHidden);
            } else {
                autostart.turnOff();
            }
        } catch (IOException refused) {
            throw new PortholeException(
                    Kind.FAILED,
                    Texts.text("autostart.failed", PlainText.of(String.valueOf(refused.getMessage()))),
                    refused);
        }
    }

    private void isNow(boolean on) {
        known = on;
        startAtSignIn.set(on);
    }
}
