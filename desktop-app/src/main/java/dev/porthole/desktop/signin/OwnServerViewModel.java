package dev.porthole.desktop.signin;

import dev.porthole.core.Porthole;
import dev.porthole.core.SignIn;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** This computer's own server, for a person who chose it: it starts with the app. Belongs to the FX thread. */
public final class OwnServerViewModel {
    private final Porthole porthole;
    private final EmbeddedStart embedded;
    private final Tasks tasks;
    private final FxBindings bindings;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    public OwnServerViewModel(Porthole porthole, EmbeddedStart embedded, Tasks tasks) {
        this.porthole = porthole;
        this.embedded = embedded;
        this.tasks = tasks;
        this.bindings = new FxBindings(tasks.screen());
    }

    /** Starts it, if the sign-in is one at it; and then carries again what ran here before. */
    public void resume() {
        problem.set("");
        if (!chosen(porthole.signIn().get())) {
            porthole.keepTunnels();
            return;
        }
        tasks.create(embedded::resume)
                .onError(failure -> problem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                // Not earlier: each try against a server that only starts makes the wait for the next one longer.
                .andFinally(porthole::keepTunnels)
                .start();
    }

    /** Follows the sign-in: what is wrong with a server that nobody uses any more is nobody's business. */
    public Subscription follow() {
        return bindings.follow(porthole.signIn(), now -> {
            if (!chosen(now)) {
                problem.set("");
            }
        });
    }

    /** Why it does not run; empty when nothing is wrong. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    private static boolean chosen(SignIn now) {
        return switch (now) {
            case SignIn.SignedIn signedIn -> signedIn.embedded();
            case SignIn.Expired expired -> expired.embedded();
            case SignIn.SigningIn _, SignIn.SignedOut _ -> false;
        };
    }
}
