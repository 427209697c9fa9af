package dev.porthole.desktop.tray;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.SignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the tray shows, and what its commands do. Knows no desktop: {@link Tray} draws it. Belongs to the FX thread, and
 * needs no toolkit.
 */
public final class TrayViewModel {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    // A panel that never says that its menu is gone must not have the ports looked at for ever.
    private static final int MOST_LOOKS = 30;

    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final TrayDoors doors;
    private final FxBindings bindings;
    private final ReadOnlyObjectWrapper<TrayState> state = new ReadOnlyObjectWrapper<>();

    private List<TunnelState> tunnels = List.of();
    private List<Project> projects = List.of();
    private Optional<List<ListeningPort>> ports = Optional.empty();
    private String problem = "";
    // On their way to being off; then they are paused.
    private final Set<String> pausing = new HashSet<>();
    private final Set<String> paused = new LinkedHashSet<>();
    private @Nullable Look look;

    public TrayViewModel(Porthole porthole, Tasks tasks, Outside outside, TrayDoors doors) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.doors = doors;
        this.bindings = new FxBindings(tasks.screen());
        arrange();
    }

    /** Follows what the icon and the menu tell; as long as there is a tray. */
    public Subscription follow() {
        return FxBindings.all(
                bindings.follow(porthole.tunnels(), this::arrived),
                bindings.follow(porthole.signIn(), who -> arrange()),
                bindings.follow(porthole.activeProject(), project -> arrange()),
                bindings.follow(porthole.link(), link -> arrange()),
                this::menuClosed);
    }

    /** Another language was chosen. */
    public void speakAnew() {
        arrange();
    }

    ReadOnlyObjectProperty<TrayState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** The menu shows: from now until it closes, the programs that listen are looked at. */
    void menuOpened() {
        if (look != null || !signedIn()) {
            return;
        }
        look = new Look();
        look.ports();
        tasks.create(porthole::projects)
                .onSuccess(found -> {
                    projects = found;
                    arrange();
                })
                // The menu goes without the others' names; the active project is known.
                .onError(failure -> {})
                .start();
    }

    /** The menu is gone. */
    void menuClosed() {
        if (look != null) {
            look.close();
            look = null;
        }
    }

    /** Does what was chosen; one that means nothing any more does nothing. */
    void perform(TrayCommand command) {
        problem = "";
        switch (command) {
            case TrayCommand.Open _ -> doors.open();
            case TrayCommand.SignInAgain _ -> doors.open();
            case TrayCommand.Quit _ -> doors.quit();
            case TrayCommand.AllTunnels _ -> doors.showTunnels();
            case TrayCommand.ShareSomething _ -> doors.askWhatToShare();
            case TrayCommand.SharePort(int port) -> shareable(port).ifPresent(doors::share);
            case TrayCommand.SwitchProject(String id) -> attempt(() -> porthole.switchProject(id));
            case TrayCommand.CopyAddress(String id) -> url(id).ifPresent(outside::copy);
            case TrayCommand.OpenAddress(String id) ->
                url(id).ifPresent(url -> attempt(() -> {
                    if (!outside.open(URI.create(url))) {
                        throw new PortholeException(Kind.FAILED, Texts.text("action.open.failed"));
                    }
                }));
            case TrayCommand.Start(String id) -> start(id);
            case TrayCommand.Stop(String id) -> attempt(() -> porthole.stop(id));
            case TrayCommand.PauseAll _ -> pause();
            case TrayCommand.ResumeAll _ -> resume();
        }
        arrange();
    }

    private void start(String id) {
        attempt(() -> {
            TunnelState _ = porthole.enable(id, progress -> {});
        });
    }

    private void pause() {
        List<String> running = running().map(it -> it.tunnel().id()).toList();
        pausing.addAll(running);
        running.forEach(id -> attempt(() -> porthole.stop(id)));
    }

    private void resume() {
        List<String> waiting = List.copyOf(paused);
        paused.clear();
        pausing.clear();
        waiting.forEach(this::start);
    }

    private void attempt(Tasks.Action action) {
        tasks.create(action)
                // The window has the bar that mends this; the menu can't.
                .onError(Kind.NOT_SIGNED_IN, failure -> doors.open())
                .onError(Kind.CANCELLED, failure -> {})
                .onError(failure -> {
                    problem = PlainText.of(String.valueOf(failure.getMessage()));
                    arrange();
                })
                .start();
    }

    private void arrived(List<TunnelState> now) {
        tunnels = now;
        for (TunnelState state : now) {
            String id = state.tunnel().id();
            if (state.phase() != Phase.STOPPED) {
                // Turned on by other means: nothing to resume.
                paused.remove(id);
            } else if (pausing.remove(id)) {
                paused.add(id);
            }
        }
        paused.retainAll(now.stream().map(it -> it.tunnel().id()).toList());
        arrange();
    }

    private void arrange() {
        state.set(new TrayMenu(
                        porthole.signIn().get(),
                        porthole.link().get(),
                        porthole.activeProject().get(),
                        projects,
                        tunnels,
                        ports,
                        !paused.isEmpty(),
                        problem)
                .state());
    }

    private boolean signedIn() {
        return switch (porthole.signIn().get()) {
            case SignIn.SignedIn _ -> true;
            case SignIn.SignedOut _, SignIn.SigningIn _, SignIn.Expired _ -> false;
        };
    }

    private Stream<TunnelState> running() {
        return tunnels.stream().filter(it -> it.here() && it.phase() != Phase.STOPPED);
    }

    private Optional<String> url(String id) {
        return tunnels.stream()
                .map(TunnelState::tunnel)
                .filter(it -> it.id().equals(id))
                .map(Tunnel::url)
                .findFirst();
    }

    private Optional<ListeningPort> shareable(int port) {
        return ports.orElse(List.of()).stream().filter(it -> it.port() == port).findFirst();
    }

    /** Looks, waits, looks again, while the menu is open. */
    private final class Look implements Subscription {
        private int looks;
        private boolean closed;
        private Tasks.@Nullable Running running;
        private Subscription wait = () -> {};

        void ports() {
            looks++;
            running = tasks.create(porthole::listeningPorts)
                    .onSuccess(found -> {
                        ports = Optional.of(found);
                        arrange();
                    })
                    .onError(failure -> {
                        ports = Optional.of(List.of());
                        arrange();
                    })
                    .andFinally(this::again)
                    .start();
        }

        private void again() {
            if (!closed && looks < MOST_LOOKS) {
                wait = tasks.after(BETWEEN_LOOKS, this::ports);
            } else if (!closed) {
                menuClosed();
            }
        }

        @Override
        public void close() {
            closed = true;
            if (running != null) {
                running.cancel();
            }
            wait.close();
        }
    }
}
