package dev.porthole.desktop.share;

import dev.porthole.core.Porthole;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.TunnelState;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One share: its stages as they happen, and how it ended. Belongs to the FX thread. */
final class ShareRun {
    private final Porthole porthole;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ShareRequest request;
    private final String title;
    private final Map<Stage, ShareProgress> stages = new EnumMap<>(Stage.class);
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Running());
    private final ReadOnlyObjectWrapper<Optional<TunnelState>> tunnel = new ReadOnlyObjectWrapper<>(Optional.empty());
    private @Nullable String url;
    private Instant startedAt;
    private Tasks.@Nullable Running running;

    ShareRun(Porthole porthole, Tasks tasks, InstantSource clock, ShareRequest request, String title) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.clock = clock;
        this.request = request;
        this.title = title;
        this.startedAt = clock.instant();
    }

    /** How it stands. Every news of a stage is a new object, so that observers hear of it. */
    sealed interface State {
        /** Under way. */
        final class Running implements State {}

        /** The address works. */
        record Ready(String url, Duration took) implements State {}

        /** It does not, and the message says why and what to do. */
        record Failed(String message, boolean signInAgain) implements State {}

        /** A person called it off. */
        record Cancelled() implements State {}
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** The shared tunnel as it is now; empty before it was ready. */
    ReadOnlyObjectProperty<Optional<TunnelState>> tunnelProperty() {
        return tunnel.getReadOnlyProperty();
    }

    /** Takes news of it from among all tunnels. */
    void heard(List<TunnelState> tunnels) {
        tunnel.get()
                .map(TunnelState::tunnel)
                .flatMap(mine -> tunnels.stream()
                        .filter(it -> it.tunnel().id().equals(mine.id()))
                        .findFirst())
                .ifPresent(now -> tunnel.set(Optional.of(now)));
    }

    ShareRequest request() {
        return request;
    }

    /** What is shared, for the card's heading. */
    String title() {
        return title;
    }

    /** The last news of a stage; null before the first. */
    @Nullable
    ShareProgress news(Stage stage) {
        return stages.get(stage);
    }

    /** The public address, once it is known. */
    @Nullable
    String url() {
        return url;
    }

    /** Since it began. */
    Duration elapsed() {
        return Duration.between(startedAt, clock.instant());
    }

    /** Starts, or starts again from the beginning. */
    void start() {
        stages.clear();
        tunnel.set(Optional.empty());
        startedAt = clock.instant();
        state.set(new State.Running());
        running = tasks.create(() ->
                        porthole.share(request, progress -> tasks.screen().execute(() -> heard(progress))))
                .onSuccess(this::ready)
                .onError(Kind.CANCELLED, cancelled -> state.set(new State.Cancelled()))
                .onError(this::failed)
                .andFinally(() -> running = null)
                .start();
    }

    /** Calls it off; the core turns the tunnel off again. */
    void cancel() {
        if (running != null) {
            running.cancel();
            state.set(new State.Cancelled());
        }
    }

    private void heard(ShareProgress progress) {
        if (state.get() instanceof State.Running) {
            stages.put(progress.stage(), progress);
            if (progress.url() != null) {
                url = progress.url();
            }
            state.set(new State.Running());
        }
    }

    private void ready(TunnelState shared) {
        url = shared.tunnel().url();
        tunnel.set(Optional.of(shared));
        state.set(new State.Ready(shared.tunnel().url(), elapsed()));
    }

    private void failed(PortholeException failure) {
        state.set(new State.Failed(
                PlainText.of(String.valueOf(failure.getMessage())), failure.kind() == Kind.NOT_SIGNED_IN));
    }
}
