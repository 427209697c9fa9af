package dev.porthole.server.control;

import dev.porthole.server.relay.ProbeResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The probing of each tunnel that has a route and a session: one at a time, again after growing pauses until one is
 * answered. Not thread-safe; {@link Readiness} guards it.
 */
final class Probes {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Map<String, Probing> byTunnel = new HashMap<>();
    private final Scheduler scheduler;
    private final Consumer<Probing> attempt;

    /** @param attempt makes one attempt, blocking, on a virtual thread, and reports it to {@link Readiness} */
    Probes(Scheduler scheduler, Consumer<Probing> attempt) {
        this.scheduler = scheduler;
        this.attempt = attempt;
    }

    /** The probing of one tunnel since its route went live. */
    static final class Probing {
        private final String tunnel;
        private Duration pause = FIRST_PAUSE;
        private boolean running = true;
        private @Nullable ProbeResult proof;

        private Probing(String tunnel) {
            this.tunnel = tunnel;
        }

        String tunnel() {
            return tunnel;
        }
    }

    /** Begins, if it has not begun. */
    void begin(String tunnel) {
        if (!byTunnel.containsKey(tunnel)) {
            Probing probing = new Probing(tunnel);
            byTunnel.put(tunnel, probing);
            start(probing);
        }
    }

    /** Asks again at once, unless it is being asked anyway. */
    void doubt(String tunnel) {
        Probing probing = byTunnel.get(tunnel);
        if (probing != null && !probing.running) {
            probing.running = true;
            probing.pause = FIRST_PAUSE;
            start(probing);
        }
    }

    /** Forgets what was found: the route has gone, or leads elsewhere now. */
    void forget(String tunnel) {
        byTunnel.remove(tunnel);
    }

    /** What the last attempt found; absent before the first, and without a route. */
    @Nullable
    ProbeResult proof(String tunnel) {
        Probing probing = byTunnel.get(tunnel);
        return probing == null ? null : probing.proof;
    }

    /** Whether this is still what is wanted; an answer to an older question is not. */
    boolean current(Probing probing) {
        return byTunnel.get(probing.tunnel) == probing;
    }

    /** Takes an attempt's result and plans the next one, if it was not answered. */
    void found(Probing probing, ProbeResult result) {
        probing.proof = result;
        probing.running = !(result instanceof ProbeResult.Answered);
        if (probing.running) {
            Duration pause = probing.pause;
            probing.pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            scheduler.after(pause, () -> attempt.accept(probing));
        }
    }

    private void start(Probing probing) {
        scheduler.after(Duration.ZERO, () -> attempt.accept(probing));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
