package dev.porthole.desktop.app;

import dev.porthole.core.Link;
import dev.porthole.core.Porthole;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.User;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Tone;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** Where a person is, and what the rail says. Belongs to the FX thread. */
final class ShellViewModel {
    private final Porthole porthole;
    private final FxBindings bindings;
    private final ReadOnlyObjectWrapper<Place> place = new ReadOnlyObjectWrapper<>(Place.WELCOME);
    private final ObjectProperty<Screen> screen = new SimpleObjectProperty<>(Screen.SHARE);
    private final ReadOnlyObjectWrapper<Optional<String>> openedTunnel = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Project>> project = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyIntegerWrapper tunnels = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper lit = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper server = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Tone> tone = new ReadOnlyObjectWrapper<>(Tone.QUIET);
    private String account = "";
    private Link link = new Link.Idle();
    private boolean switchingAccount;

    ShellViewModel(Porthole porthole, Tasks tasks) {
        this.porthole = porthole;
        this.bindings = new FxBindings(tasks.screen());
        screen.subscribe(now -> {
            if (now != Screen.TUNNELS) {
                openedTunnel.set(Optional.empty());
            }
        });
        // Known without asking anyone: whoever is signed in never sees Welcome flash by.
        project.set(porthole.activeProject().get());
        signInChanged(porthole.signIn().get());
    }

    /** Follows everything that the window's frame shows; as long as the app runs. */
    Subscription follow() {
        return FxBindings.all(
                bindings.follow(porthole.signIn(), this::signInChanged),
                bindings.follow(porthole.activeProject(), this::projectChanged),
                bindings.follow(porthole.tunnels(), this::tunnelsChanged),
                bindings.follow(porthole.link(), this::linkChanged));
    }

    ReadOnlyObjectProperty<Place> placeProperty() {
        return place.getReadOnlyProperty();
    }

    /** The screen beside the rail. */
    ObjectProperty<Screen> screenProperty() {
        return screen;
    }

    /** Goes to a screen as from its entry: Tunnels is the list, whatever was open in it. */
    void go(Screen wanted) {
        openedTunnel.set(Optional.empty());
        screen.set(wanted);
    }

    /** Goes to a tunnel's page. One that is not there shows the list. */
    void openTunnel(String tunnelId) {
        screen.set(Screen.TUNNELS);
        openedTunnel.set(Optional.of(tunnelId));
    }

    /** The id of the tunnel whose page is open. */
    ReadOnlyObjectProperty<Optional<String>> openedTunnelProperty() {
        return openedTunnel.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Project>> projectProperty() {
        return project.getReadOnlyProperty();
    }

    /** How many tunnels the project has. */
    ReadOnlyIntegerProperty tunnelsProperty() {
        return tunnels.getReadOnlyProperty();
    }

    /** Whether something is shared from this computer right now. */
    ReadOnlyBooleanProperty litProperty() {
        return lit.getReadOnlyProperty();
    }

    /** The server's host, or "This computer". */
    ReadOnlyStringProperty serverProperty() {
        return server.getReadOnlyProperty();
    }

    /** Who is signed in, and how the connection is. */
    ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** The connection's colour. */
    ReadOnlyObjectProperty<Tone> toneProperty() {
        return tone.getReadOnlyProperty();
    }

    /** Shows the first screen again, for another server or person; nothing stops before that sign-in has worked. */
    void switchAccount() {
        switchingAccount = true;
        decidePlace();
    }

    /** Another sign-in has worked, or was given up. */
    void accountSwitched() {
        switchingAccount = false;
        decidePlace();
    }

    /** Whether the first screen is shown to someone who is signed in. */
    boolean isSwitchingAccount() {
        return switchingAccount;
    }

    /** The tunnels that this computer carries now, by label. */
    List<String> running() {
        return porthole.tunnels().get().stream()
                .filter(ShellViewModel::runsHere)
                .map(state -> PlainText.of(state.tunnel().label()))
                .toList();
    }

    private static boolean runsHere(TunnelState state) {
        return state.here() && state.phase() != Phase.STOPPED;
    }

    private void signInChanged(SignIn now) {
        switch (now) {
            case SignIn.SignedIn(URI at, User user, boolean embedded, String _) -> signedInAt(at, user, embedded);
            case SignIn.Expired(URI at, User user, boolean embedded) -> signedInAt(at, user, embedded);
            case SignIn.SigningIn _, SignIn.SignedOut _ -> {}
        }
        decidePlace();
        sayStatus();
    }

    private void signedInAt(URI at, User user, boolean embedded) {
        server.set(embedded ? Texts.text("rail.thisComputer") : PlainText.of(at.getHost()));
        account = PlainText.of(user.name());
    }

    private void projectChanged(Optional<Project> now) {
        project.set(now);
        tunnelsChanged(porthole.tunnels().get());
        decidePlace();
    }

    private void decidePlace() {
        switch (porthole.signIn().get()) {
            case SignIn.SignedOut _ -> {
                switchingAccount = false;
                screen.set(Screen.SHARE);
                place.set(Place.WELCOME);
            }
            // Signing in again happens in place; the first time, Welcome waits with the person.
            case SignIn.SigningIn _ -> {}
            case SignIn.SignedIn _, SignIn.Expired _ ->
                place.set(switchingAccount ? Place.WELCOME : project.get().isPresent() ? Place.WORK : Place.PROJECTS);
        }
    }

    private void tunnelsChanged(List<TunnelState> now) {
        String active = project.get().map(Project::id).orElse("");
        tunnels.set((int) now.stream()
                .filter(state -> state.tunnel().project().equals(active))
                .count());
        lit.set(now.stream().anyMatch(state -> state.here() && state.phase() == Phase.READY));
    }

    private void linkChanged(Link now) {
        link = now;
        sayStatus();
    }

    private void sayStatus() {
        boolean expired = porthole.signIn().get() instanceof SignIn.Expired;
        String words = switch (link) {
            case Link.Idle _ -> Texts.text(expired ? "rail.signedOut" : "rail.idle");
            case Link.Connecting _ -> Texts.text("rail.connecting");
            case Link.Connected(int _, Duration roundTrip) ->
                roundTrip == null
                        ? Texts.text("rail.connected")
                        : Texts.text("rail.roundTrip", Math.max(1, roundTrip.toMillis()));
            case Link.Reconnecting _ -> Texts.text("rail.reconnecting");
            case Link.SignInNeeded _ -> Texts.text("rail.signedOut");
        };
        status.set(account.isEmpty() ? words : Texts.text("rail.status", account, words));
        tone.set(
                switch (link) {
                    case Link.Idle _ -> expired ? Tone.BAD : Tone.QUIET;
                    case Link.Connecting _, Link.Reconnecting _ -> Tone.WAITING;
                    case Link.Connected _ -> Tone.GOOD;
                    case Link.SignInNeeded _ -> Tone.BAD;
                });
    }
}
