package dev.porthole.server.edge;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Divides the event loop's time among tunnels. A loop serves whoever is ready, and 256 visitors of one tunnel are ready
 * more often than one of another: so while several tunnels are asked for, each begins a few requests in a turn of the
 * loop, and what is more waits for the next turn, after whatever else is ready. The loop never idles meanwhile, and a
 * tunnel that is asked for alone begins what comes. Event loop only.
 */
final class RequestTurns {
    /** Requests that a tunnel begins in one turn: a turn stays shorter than what a visitor notices. */
    static final int IN_A_TURN = 16;

    /** A tunnel that was asked for within this time counts as one of several. */
    static final long SEVERAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventExecutor loop;
    private final LongSupplier nanos;
    private final Map<String, int[]> begun = new HashMap<>();
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private @Nullable String last;
    private long severalUntil;
    private int waitingInAll;
    private boolean turning;

    /** @param nanos a clock, in nanoseconds */
    RequestTurns(EventExecutor loop, LongSupplier nanos) {
        this.loop = loop;
        this.nanos = nanos;
        this.severalUntil = nanos.getAsLong();
    }

    /** Whether a tunnel's request may begin now; then it counts as begun. Otherwise it has to {@link #await}. */
    boolean mayBegin(String tunnel) {
        long now = nanos.getAsLong();
        if (!tunnel.equals(last)) {
            severalUntil = last == null ? now : now + SEVERAL_NANOS;
            last = tunnel;
        }
        if (now - severalUntil >= 0 && waitingInAll == 0) {
            return true;
        }
        turnSoon();
        int[] count = begun.computeIfAbsent(tunnel, key -> new int[1]);
        boolean begins = count[0] < IN_A_TURN && !waiting.containsKey(tunnel);
        count[0] += begins ? 1 : 0;
        return begins;
    }

    /** Requests that wait for their turn. */
    int waiting() {
        return waitingInAll;
    }

    /**
     * Calls back when the request may begin, in a later turn.
     *
     * @return stops waiting; without effect afterwards
     */
    Runnable await(String tunnel, Runnable begins) {
        waiting.computeIfAbsent(tunnel, key -> new ArrayDeque<>()).add(begins);
        waitingInAll++;
        turnSoon();
        return () -> forget(tunnel, begins);
    }

    private void forget(String tunnel, Runnable begins) {
        Deque<Runnable> line = waiting.get(tunnel);
        if (line != null && line.remove(begins)) {
            waitingInAll--;
            if (line.isEmpty()) {
                waiting.remove(tunnel);
            }
        }
    }

    private void turnSoon() {
        if (!turning) {
            turning = true;
            // Scheduled, not executed: tasks of this turn would run before the loop looks at its connections again.
            var _ = loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void turn() {
        turning = false;
        begun.clear();
        for (String tunnel : new ArrayList<>(waiting.keySet())) {
            for (Runnable begins = next(tunnel); begins != null; begins = next(tunnel)) {
                begins.run();
            }
        }
        if (waitingInAll > 0) {
            turnSoon();
        }
    }

    /** The next of a tunnel's requests, counted as begun; null if none waits or it had its turn. */
    private @Nullable Runnable next(String tunnel) {
        Deque<Runnable> line = waiting.get(tunnel);
        int[] count = begun.computeIfAbsent(tunnel, key -> new int[1]);
        if (line == null || count[0] >= IN_A_TURN) {
            return null;
        }
        count[0]++;
        waitingInAll--;
        Runnable begins = line.remove();
        if (line.isEmpty()) {
            waiting.remove(tunnel);
        }
        return begins;
    }
}
