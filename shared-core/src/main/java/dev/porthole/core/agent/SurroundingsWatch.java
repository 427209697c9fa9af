package dev.porthole.core.agent;

import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the computer slept or that its network is another, by looking every three seconds: whoever is told asks
 * what is connected whether it still is, and dials at once what is not.
 *
 * <p>After a sleep the wall clock is ahead of where a short wait should have ended. Where the monotonic clock sleeps
 * too (Linux, macOS) it shows in the wall clock alone, elsewhere, or after a SIGSTOP, in both. One platform thread, as
 * its waiting wakes nobody else, for as long as the computer is on; {@link #close} ends it.
 */
public final class SurroundingsWatch implements AutoCloseable {
    /** The addresses of this computer. Used by the watch's thread alone. */
    interface Network extends AutoCloseable {
        /** The addresses that lead out. */
        Set<InetAddress> addresses() throws SocketException;

        /** Whether it is worth asking for them again: false only if nothing has changed since this was asked last. */
        default boolean mayHaveChanged() {
            return true;
        }

        @Override
        default void close() {}
    }

    static final Duration EVERY = Duration.ofSeconds(3);
    /** Later than this is no busy computer any more. */
    static final Duration SLEPT = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(SurroundingsWatch.class);

    private final AgentTime time;
    private final LongSupplier monotonicNanos;
    private final Network network;
    private final Runnable changed;
    private final Thread thread;
    private @Nullable Set<InetAddress> known;
    private boolean lookDue = true;

    SurroundingsWatch(AgentTime time, LongSupplier monotonicNanos, Network network, Runnable changed) {
        this.time = time;
        this.monotonicNanos = monotonicNanos;
        this.network = network;
        this.changed = changed;
        this.thread = Thread.ofPlatform().daemon().name("porthole-surroundings").unstarted(this::watch);
    }

    /** Watches this computer from now on. {@code changed} is called on a thread of the watch. */
    public static SurroundingsWatch start(AgentTime time, Runnable changed) {
        SurroundingsWatch watch = new SurroundingsWatch(time, System::nanoTime, new NetworkOfThisComputer(), changed);
        watch.start();
        return watch;
    }

    void start() {
        thread.start();
    }

    /** Ends the watch; nobody is told of anything afterwards. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try (network) {
            known = addresses();
            while (true) {
                boolean slept = sleptThrough();
                boolean moved = movedOn();
                if (slept || moved) {
                    LOG.debug("the computer {}", slept ? "slept" : "has other addresses");
                    changed.run();
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next look. Whether far more time has passed than that. */
    private boolean sleptThrough() throws InterruptedException {
        Instant wall = time.instant();
        long monotonic = monotonicNanos.getAsLong();
        time.pause(EVERY);
        Duration byWall = Duration.between(wall, time.instant());
        Duration byMonotonic = Duration.ofNanos(monotonicNanos.getAsLong() - monotonic);
        Duration longer = byWall.compareTo(byMonotonic) > 0 ? byWall : byMonotonic;
        return longer.minus(EVERY).compareTo(SLEPT) > 0;
    }

    private boolean movedOn() {
        // What the network says once holds until its addresses could be read.
        lookDue |= network.mayHaveChanged();
        Set<InetAddress> now = lookDue ? addresses() : null;
        if (now == null) {
            return false;
        }
        lookDue = false;
        if (now.equals(known)) {
            return false;
        }
        boolean first = known == null;
        known = now;
        return !first;
    }

    /** Null if they can't be read now. */
    private @Nullable Set<InetAddress> addresses() {
        try {
            return network.addresses();
        } catch (SocketException unreadable) {
            return null;
        }
    }
}
