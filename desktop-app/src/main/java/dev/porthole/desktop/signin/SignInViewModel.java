package dev.porthole.desktop.signin;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import java.net.URI;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in at a time: with the browser, or as this computer's owner. First run and "sign in again" share it. Belongs
 * to the FX thread.
 */
public final class SignInViewModel {
    private final Porthole porthole;
    private final EmbeddedStart embedded;
    private final Tasks tasks;
    private final Outside outside;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(new Phase.Ready());
    private Tasks.@Nullable Running running;

    public SignInViewModel(Porthole porthole, EmbeddedStart embedded, Tasks tasks, Outside outside) {
        this.porthole = porthole;
        this.embedded = embedded;
        this.tasks = tasks;
        this.outside = outside;
    }

    /** Which of the two ways. */
    public enum Way {
        THIS_COMPUTER,
        BROWSER
    }

    /** How far it is. */
    public sealed interface Phase {
        /** Nothing is under way. */
        record Ready() implements Phase {}

        /** The embedded server starts. */
        record Starting() implements Phase {}

        /**
         * A person is to sign in, in the browser.
         *
         * @param link the page's address; null until it is known
         * @param opened whether a browser was started, as far as one can tell
         */
        record Waiting(String server, @Nullable URI link, boolean opened) implements Phase {}

        /** It did not work; {@code message} is for people. */
        record Failed(Way way, String message) implements Phase {}
    }

    /** How far it is. */
    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    /** Whether something is under way. */
    public boolean busy() {
        return switch (phase.get()) {
            case Phase.Starting _, Phase.Waiting _ -> true;
            case Phase.Ready _, Phase.Failed _ -> false;
        };
    }

    /** Starts this computer's own server and signs in without a question; {@code then} runs after it worked. */
    public void useThisComputer(Runnable then) {
        if (!busy()) {
            phase.set(new Phase.Starting());
            run(Way.THIS_COMPUTER, embedded::start, then);
        }
    }

    /** Opens the browser at a server's sign-in page; {@code then} runs after it worked. */
    public void withBrowser(String server, Runnable then) {
        if (!busy()) {
            phase.set(new Phase.Waiting(server, null, true));
            run(Way.BROWSER, () -> porthole.signInWithBrowser(server, link -> opened(server, link)), then);
        }
    }

    /** Gives up what is under way; nothing was changed. */
    public void cancel() {
        if (running != null) {
            running.cancel();
        }
    }

    /** Puts the sign-in page's address on the clipboard, for a browser that did not open. */
    public void copyLink() {
        if (phase.get() instanceof Phase.Waiting waiting && waiting.link() != null) {
            outside.copy(waiting.link().toString());
        }
    }

    private void run(Way way, Callable<?> work, Runnable then) {
        running = tasks.create(work)
                .onSuccess(signedIn -> {
                    phase.set(new Phase.Ready());
                    then.run();
                })
                .onError(Kind.CANCELLED, cancelled -> phase.set(new Phase.Ready()))
                .onError(failure -> failed(way, failure))
                .andFinally(() -> {
                    running = null;
                    if (busy()) {
                        phase.set(new Phase.Ready());
                    }
                })
                .start();
    }

    /** Called by the core, on its thread. A link that no browser showed can still be copied. */
    private boolean opened(String server, URI link) {
        tasks.screen().execute(() -> linkIs(new Phase.Waiting(server, link, true)));
        boolean opened = outside.open(link);
        if (!opened) {
            tasks.screen().execute(() -> linkIs(new Phase.Waiting(server, link, false)));
        }
        // True also without a browser: the screen shows the link, the core need not.
        return true;
    }

    private void linkIs(Phase.Waiting waiting) {
        if (phase.get() instanceof Phase.Waiting) {
            phase.set(waiting);
        }
    }

    private void failed(Way way, PortholeException failure) {
        phase.set(new Phase.Failed(way, PlainText.of(String.valueOf(failure.getMessage()))));
    }
}
