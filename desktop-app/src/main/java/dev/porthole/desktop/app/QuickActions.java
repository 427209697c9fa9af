package dev.porthole.desktop.app;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.Outside;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import dev.porthole.desktop.ui.Undo;
import java.net.URI;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What can be done with a tunnel from anywhere, without going to its row first. Belongs to the FX thread. */
final class QuickActions {
    private final Porthole porthole;
    private final Tasks tasks;
    private final Outside outside;
    private final Undo undo;
    private final SignInAgain signInAgain;
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    QuickActions(Porthole porthole, Tasks tasks, Outside outside, Undo undo, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.outside = outside;
        this.undo = undo;
        this.signInAgain = signInAgain;
    }

    /** Why the last one did not work; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The problem was read. */
    void dismiss() {
        problem.set("");
    }

    /** The tunnels that something can be done with now. */
    List<TunnelState> tunnels() {
        return porthole.tunnels().get();
    }

    static boolean isOn(TunnelState state) {
        return state.phase() != Phase.STOPPED;
    }

    void copy(TunnelState state) {
        problem.set("");
        outside.copy(state.tunnel().url());
    }

    void open(TunnelState state) {
        problem.set("");
        URI address = URI.create(state.tunnel().url());
        tasks.create(() -> outside.open(address))
                .onSuccess(opened -> problem.set(opened ? "" : Texts.text("action.open.failed")))
                .onError(failure -> problem.set(Texts.text("action.open.failed")))
                .start();
    }

    /** At once, because nothing is lost by it; for ten seconds it can be taken back. */
    void stop(TunnelState state) {
        String id = state.tunnel().id();
        String label = PlainText.of(state.tunnel().label());
        attempt(
                () -> porthole.stop(id),
                () -> undo.offer(Texts.text("tunnel.stopped", label), () -> {}, () -> turnOn(state)),
                () -> stop(state));
    }

    /** Returns at once; how far it is shows in its row. */
    void turnOn(TunnelState state) {
        attempt(() -> porthole.enable(state.tunnel().id(), progress -> {}), () -> {}, () -> turnOn(state));
    }

    private void attempt(Tasks.Action work, Runnable done, Runnable again) {
        problem.set("");
        tasks.create(work)
                .onSuccess(worked -> done.run())
                .onError(Kind.NOT_SIGNED_IN, failure -> signInAgain.then(again))
                .onError(Kind.CANCELLED, failure -> {})
                .onError(failure -> problem.set(PlainText.of(String.valueOf(failure.getMessage()))))
                .start();
    }
}
