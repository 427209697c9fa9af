package dev.porthole.desktop.tunnels;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.discovery.ListeningPort;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Undo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one can do with a tunnel, from its row or its page. Belongs to the FX thread. */
final class TunnelActions {
    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final Undo undo;
    private final SignInAgain signInAgain;

    TunnelActions(Porthole porthole, Tasks tasks, Outside outside, Undo undo, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.undo = undo;
        this.signInAgain = signInAgain;
    }

    /** The switch: on, off, or calling off a start that is under way. */
    void toggle(TunnelItem item) {
        Tasks.Running starting = item.turningOn();
        if (starting != null) {
            starting.cancel();
        } else if (item.state().phase() == Phase.STOPPED) {
            turnOn(item);
        } else if (!item.busyProperty().get()) {
            stop(item);
        }
    }

    /** Turns it off, if it is on; for ten seconds that can be taken back. */
    void stop(TunnelItem item) {
        stop(List.of(item));
    }

    /** Turns several off; what was on can be taken back together. */
    void stop(List<TunnelItem> items) {
        List<TunnelItem> stopped = new ArrayList<>();
        for (TunnelItem item : items) {
            if (item.turningOn() != null) {
                toggle(item);
            } else if (item.state().phase() != Phase.STOPPED) {
                attempt(item, () -> porthole.stop(item.id()), () -> stop(item), () -> {
                    stopped.add(item);
                    offerToTurnOn(List.copyOf(stopped));
                });
            }
        }
    }

    private void offerToTurnOn(List<TunnelItem> stopped) {
        String words = stopped.size() == 1
                ? Texts.text("tunnel.stopped", stopped.getFirst().label())
                : Texts.text("tunnels.stopped", stopped.size());
        undo.offer(words, () -> {}, () -> stopped.forEach(this::turnOn));
    }

    /** Turns it on, also one that is on and hangs: every step is tried again. */
    void turnOn(TunnelItem item) {
        item.setProblem(null);
        item.begins();
        item.turningOn(tasks.create(() ->
                        porthole.enable(item.id(), progress -> tasks.screen().execute(() -> item.reached(progress))))
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    item.setProblem(failure.getMessage());
                    signInAgain.then(() -> turnOn(item));
                })
                .onError(Kind.CANCELLED, failure -> {})
                .onError(failure -> item.setProblem(failure.getMessage()))
                .andFinally(() -> {
                    item.turningOn(null);
                    item.setBusy(false);
                })
                .start());
        item.setBusy(item.turningOn() != null);
    }

    /** Signs in again in place; then whatever waited for it goes on by itself. */
    void signIn(TunnelItem item) {
        signInAgain.then(() -> item.setProblem(null));
    }

    /** Has the app see its own name, because it refuses the public one. */
    void useLocalhost(TunnelItem item) {
        attempt(item, () -> porthole.show(item.id(), HostHeader.localhost()), () -> useLocalhost(item));
    }

    /** Gives it a port that other devices of this network reach. */
    void showInNetwork(TunnelItem item) {
        attempt(item, () -> porthole.reach(item.id(), TunnelAddress.port, true), () -> showInNetwork(item));
    }

    /** Removes it for good; the view has asked before. */
    void delete(TunnelItem item) {
        attempt(item, () -> porthole.delete(item.id()), () -> delete(item));
    }

    void copy(TunnelItem item) {
        outside.copy(item.url());
    }

    /** Copies with what its app was started. */
    void copyCommand(TunnelItem item) {
        String command = item.command();
        if (command != null) {
            outside.copy(command);
        }
    }

    void open(TunnelItem item) {
        if (!item.opensInBrowser()) {
            return;
        }
        String url = item.url();
        tasks.create(() -> outside.open(URI.create(url)))
                .onSuccess(opened -> item.setProblem(opened ? null : Texts.text("action.open.failed")))
                .onError(failure -> item.setProblem(Texts.text("action.open.failed")))
                .start();
    }

    /** Looks once how the app of a tunnel that is fine was started, for the day on which it is not there. */
    void remember(TunnelItem item) {
        boolean ask = item.command() == null
                && item.state().here()
                && item.state().phase() == Phase.READY
                && item.state().tunnel().endpoint().isLoopback();
        if (ask) {
            int port = item.state().tunnel().endpoint().port();
            tasks.create(porthole::listeningPorts)
                    .onSuccess(found -> commandOn(port, found).ifPresent(item::startedBy))
                    .onError(unknown -> {})
                    .start();
        }
    }

    private static Optional<String> commandOn(int port, List<ListeningPort> found) {
        return found.stream()
                .filter(program -> program.port() == port && !program.command().isBlank())
                .map(ListeningPort::command)
                .findFirst();
    }

    private void attempt(TunnelItem item, Tasks.Action action, Runnable again) {
        attempt(item, action, again, () -> {});
    }

    private void attempt(TunnelItem item, Tasks.Action action, Runnable again, Runnable then) {
        item.setBusy(true);
        item.setProblem(null);
        tasks.create(action)
                .onSuccess(done -> then.run())
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    item.setProblem(failure.getMessage());
                    signInAgain.then(again);
                })
                .onError(failure -> item.setProblem(failure.getMessage()))
                .andFinally(() -> item.setBusy(false))
                .start();
    }
}
