package dev.porthole.desktop.settings;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.update.Installer;
import dev.porthole.core.update.Release;
import dev.porthole.core.update.UpdateException;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** A newer release's installer, fetched in the background, and started when a person says so. FX thread. */
final class UpdateDownload {
    private static final int STEPS = 100;

    private final Optional<UpdateInstaller> installer;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.None());
    private Tasks.@Nullable Running fetching;
    private int told;

    UpdateDownload(Optional<UpdateInstaller> installer, Tasks tasks) {
        this.installer = installer;
        this.tasks = tasks;
    }

    /** How far it is. */
    sealed interface State {
        /** There is nothing to fetch; the release has a page. */
        record None() implements State {}

        /** On its way. */
        record Fetching(int percent) implements State {}

        /** There, and what the feed said. */
        record Ready(Path file) implements State {}

        /** It came to nothing, and the words say why; the release has a page. */
        record Failed(String words) implements State {}
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Fetches what installs this release here, in the place of what was fetched before. */
    void begin(Release release) {
        if (fetching != null) {
            fetching.cancel();
        }
        UpdateInstaller way = installer.orElse(null);
        Installer wanted = installer.flatMap(it -> it.of(release)).orElse(null);
        if (way == null || wanted == null) {
            state.set(new State.None());
            return;
        }
        told = 0;
        state.set(new State.Fetching(0));
        fetching = tasks.create(() -> fetch(way, wanted))
                .onSuccess(file -> state.set(new State.Ready(file)))
                .onError(Kind.CANCELLED, failure -> {})
                .onError(failure -> state.set(new State.Failed(String.valueOf(failure.getMessage()))))
                .start();
    }

    /** Starts the installer that was fetched. */
    void install() {
        UpdateInstaller way = installer.orElse(null);
        if (way == null || !(state.get() instanceof State.Ready(Path file))) {
            return;
        }
        tasks.create(() -> way.start(file))
                .onSuccess(started -> {
                    if (!started) {
                        state.set(new State.Failed(Texts.text("updates.install.failed", file)));
                    }
                })
                .onError(failure -> state.set(new State.Failed(Texts.text("updates.install.failed", file))))
                .start();
    }

    private Path fetch(UpdateInstaller way, Installer wanted) throws PortholeException, InterruptedException {
        try {
            return way.fetch(wanted, this::progress);
        } catch (UpdateException failed) {
            throw new PortholeException(
                    Kind.FAILED,
                    failed.kind() == UpdateException.Kind.UNTRUSTED
                            ? Texts.text("updates.file.untrusted")
                            : Texts.text("updates.file.unreachable"),
                    failed);
        }
    }

    /** On the thread that fetches. */
    private void progress(double part) {
        int percent = (int) (part * STEPS);
        if (percent > told) {
            told = percent;
            tasks.screen().execute(() -> {
                if (state.get() instanceof State.Fetching) {
                    state.set(new State.Fetching(percent));
                }
            });
        }
    }
}
