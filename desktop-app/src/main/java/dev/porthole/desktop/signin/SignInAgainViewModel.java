package dev.porthole.desktop.signin;

import dev.porthole.core.Porthole;
import dev.porthole.core.SignIn;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.signin.SignInViewModel.Phase;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Tasks;
import java.net.URI;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;

/** A sign-in that has ended, and renewing it in place: what was typed stays, what was interrupted goes on. */
public final class SignInAgainViewModel implements SignInAgain {
    private final Porthole porthole;
    private final SignInViewModel signIn;
    private final FxBindings bindings;
    private final ReadOnlyBooleanWrapper needed = new ReadOnlyBooleanWrapper();
    private @Nullable URI server;
    private boolean embedded;
    private boolean renewedByItself;

    public SignInAgainViewModel(Porthole porthole, SignInViewModel signIn, Tasks tasks) {
        this.porthole = porthole;
        this.signIn = signIn;
        this.bindings = new FxBindings(tasks.screen());
    }

    /** Follows the sign-in; as long as the main screens are shown. */
    public Subscription follow() {
        return bindings.follow(porthole.signIn(), this::changed);
    }

    /** Whether the server no longer takes the tokens. */
    public ReadOnlyBooleanProperty neededProperty() {
        return needed.getReadOnlyProperty();
    }

    /** How far the renewal is. */
    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return signIn.phaseProperty();
    }

    /** The server's host, for people. */
    public String serverName() {
        return server == null ? "" : server.getHost();
    }

    /** Signs in again. */
    public void start() {
        then(() -> {});
    }

    @Override
    public void then(Runnable interrupted) {
        if (embedded) {
            signIn.useThisComputer(interrupted);
        } else if (server != null) {
            signIn.withBrowser(server.toString(), interrupted);
        }
    }

    /** Gives up waiting for the browser. */
    public void cancel() {
        signIn.cancel();
    }

    /** Copies the sign-in page's address. */
    public void copyLink() {
        signIn.copyLink();
    }

    private void changed(SignIn now) {
        switch (now) {
            case SignIn.SignedIn(URI at, var _, boolean own, String _) -> {
                server = at;
                embedded = own;
                renewedByItself = false;
                needed.set(false);
            }
            case SignIn.Expired(URI at, var _, boolean own) -> {
                server = at;
                embedded = own;
                needed.set(true);
                if (own && !renewedByItself) {
                    // Its owner needs no browser. Once: after a failure the person decides.
                    renewedByItself = true;
                    start();
                }
            }
            case SignIn.SigningIn _ -> {}
            case SignIn.SignedOut _ -> needed.set(false);
        }
    }
}
