package dev.porthole.server.edge;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Divides what tunnels share among them: the event loop, the processors, often the app. 256 visitors of one tunnel are
 * ready more often than one of another, and 256 requests that wait in an app are 256 in front of a neighbour's. So
 * while several tunnels are asked for, each has a few requests in flight that began lately and have no answer yet; what
 * is more waits here, after whatever else is ready. An answer makes room at once, and slow apps make room by the time
 * that has passed: they are not served one by one. A tunnel that is asked for alone begins what comes. Event loop only.
 */
final class RequestTurns {
    /** Requests of a tunnel that may be on their way at once: enough to keep both sides of a session at work. */
    static final int IN_A_ROUND = 16;

    /** From then on a request without an answer waits for something slow, and takes no turn from others. */
    static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A tunnel that was asked for within this time counts as one of several. */
    static final long SEVERAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** One request's turn. */
    interface Turn {
        /** Of a request that began when nobody had to wait. */
        Turn UNCOUNTED = () -> {};

        /** Its answer has begun, or it is over; repeating it is without effect. */
        void end();
    }

    private final EventExecutor loop;
    private final LongSupplier nanos;
    private final Map<String, int[]> inFlight = new HashMap<>();
    private final Map<String, Deque<Consumer<Turn>>> waiting = new LinkedHashMap<>();
    private @Nullable String last;
    private long severalUntil;
    private long round;
    private long roundBegan;
    private int waitingInAll;
    private boolean turning;
    private boolean roundEndAwaited;

    /** @param nanos a clock, in nanoseconds */
    RequestTurns(EventExecutor loop, LongSupplier nanos) {
        this.loop = loop;
        this.nanos = nanos;
        this.severalUntil = nanos.getAsLong();
        this.roundBegan = severalUntil;
    }

    /** The turn of a tunnel's request that may begin now; null if it has to {@link #await} it. */
    @Nullable
    Turn begin(String tunnel) {
        long now = nanos.getAsLong();
        if (!tunnel.equals(last)) {
            severalUntil = last == null ? now : now + SEVERAL_NANOS;
            last = tunnel;
        }
        if (now - severalUntil >= 0 && waitingInAll == 0) {
            return Turn.UNCOUNTED;
        }
        endRound(now);
        return waiting.containsKey(tunnel) ? null : count(tunnel);
    }

    /** Requests that wait for their turn. */
    int waiting() {
        return waitingInAll;
    }

    /**
     * Calls back when the request may begin, after whatever else is ready.
     *
     * @return stops waiting; without effect afterwards
     */
    Runnable await(String tunnel, Consumer<Turn> begins) {
        waiting.computeIfAbsent(tunnel, key -> new ArrayDeque<>()).add(begins);
        waitingInAll++;
        awaitRoundEnd();
        return () -> forget(tunnel, begins);
    }

    private void forget(String tunnel, Consumer<Turn> begins) {
        Deque<Consumer<Turn>> line = waiting.get(tunnel);
        if (line != null && line.remove(begins)) {
            waitingInAll--;
            if (line.isEmpty()) {
                waiting.remove(tunnel);
            }
        }
    }

    /** A turn, if the tunnel has one left. */
    private @Nullable Turn count(String tunnel) {
        int[] count = inFlight.computeIfAbsent(tunnel, key -> new int[1]);
        if (count[0] >= IN_A_ROUND) {
            return null;
        }
        count[0]++;
        return new Counted(count, round);
    }

    private final class Counted implements Turn {
        private final int[] count;
        private final long begunIn;
        private boolean ended;

        Counted(int[] count, long begunIn) {
            this.count = count;
            this.begunIn = begunIn;
        }

        @Override
        public void end() {
            if (ended) {
                return;
            }
            ended = true;
            if (begunIn == round) {
                count[0]--;
            }
            if (waitingInAll > 0) {
                turnSoon();
            }
        }
    }

    private void endRound(long now) {
        if (now - roundBegan >= ROUND_NANOS) {
            round++;
            roundBegan = now;
            inFlight.clear();
        }
    }

    private void turnSoon() {
        if (!turning) {
            turning = true;
            // Scheduled, not executed: tasks of this turn would run before the loop looks at its connections again.
            var _ = loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void awaitRoundEnd() {
        if (!roundEndAwaited) {
            roundEndAwaited = true;
            var _ = loop.schedule(
                    () -> {
                        roundEndAwaited = false;
                        turn();
                    },
                    ROUND_NANOS,
                    TimeUnit.NANOSECONDS);
        }
    }

    private void turn() {
        turning = false;
        endRound(nanos.getAsLong());
        for (String tunnel : new ArrayList<>(waiting.keySet())) {
            for (Turn turn = next(tunnel); turn != null; turn = next(tunnel)) {
                waitingInAll--;
                leaveLine(tunnel).accept(turn);
            }
        }
        if (waitingInAll > 0) {
            awaitRoundEnd();
        }
    }

    /** The turn of the next of a tunnel's requests; null if none waits or it has had its turns. */
    private @Nullable Turn next(String tunnel) {
        return waiting.containsKey(tunnel) ? count(tunnel) : null;
    }

    private Consumer<Turn> leaveLine(String tunnel) {
        Deque<Consumer<Turn>> line = waiting.getOrDefault(tunnel, new ArrayDeque<>());
        Consumer<Turn> begins = line.remove();
        if (line.isEmpty()) {
            waiting.remove(tunnel);
        }
        return begins;
    }
}
