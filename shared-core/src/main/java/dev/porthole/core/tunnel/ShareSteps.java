package dev.porthole.core.tunnel;

import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.ShareProgress.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports the steps of one share: each is started and done once, in order, whatever skips ahead. One thread. */
final class ShareSteps {
    private final InstantSource clock;
    private final Consumer<? super ShareProgress> report;
    private final Instant began;
    private final Deque<Stage> rest = new ArrayDeque<>(List.of(Stage.values()));
    private Stage stage = rest.removeFirst();
    private @Nullable String url;
    private @Nullable String lastDetail;

    ShareSteps(InstantSource clock, Consumer<? super ShareProgress> report) {
        this.clock = clock;
        this.report = report;
        this.began = clock.instant();
        tell(State.STARTED, null);
    }

    /** The step under way. */
    Stage stage() {
        return stage;
    }

    void addressIs(String known) {
        url = known;
    }

    /** Every step before {@code next} is done; that one has begun. */
    void reach(Stage next) {
        while (stage.compareTo(next) < 0) {
            tell(State.DONE, null);
            stage = rest.removeFirst();
            lastDetail = null;
            tell(State.STARTED, null);
        }
    }

    /** Says why the step under way is still under way, unless that was said. */
    void waiting(String detail) {
        if (!detail.equals(lastDetail)) {
            lastDetail = detail;
            tell(State.WAITING, detail);
        }
    }

    /** All of it is done. */
    void finish() {
        reach(Stage.ANSWERING);
        tell(State.DONE, null);
    }

    private void tell(State state, @Nullable String detail) {
        report.accept(new ShareProgress(stage, state, Duration.between(began, clock.instant()), detail, url));
    }
}
