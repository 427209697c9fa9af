package dev.porthole.core.traffic;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes through one tunnel. The event loop of the tunnel's agent counts, any thread reads; counting takes
 * no lock, and no memory but for a visitor who was not there before.
 */
public final class TrafficCounter {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final InstantSource clock;
    private final Runnable stirred;
    private final Ring requests = new Ring(SECOND, Traffic.SECONDS);
    private final Ring bytesIn = new Ring(SECOND, Traffic.SECONDS);
    private final Ring bytesOut = new Ring(SECOND, Traffic.SECONDS);
    private final Ring requestsByMinute = new Ring(MINUTE, Traffic.MINUTES);
    private final Ring failuresByMinute = new Ring(MINUTE, Traffic.MINUTES);
    private final VisitorTable visitors = new VisitorTable();
    private final AtomicInteger running = new AtomicInteger();
    private volatile long lastMillis = NEVER;
    /** When something passed or ended; to the second, for it is asked about once a second. */
    private volatile long movedMillis = NEVER;

    /** {@code stirred} is told of each request, and once a second while something passes; it must return at once. */
    TrafficCounter(InstantSource clock, Runnable stirred) {
        this.clock = clock;
        this.stirred = stirred;
    }

    /**
     * A request begins.
     *
     * @param forwardedFor the value of {@code X-Forwarded-For} as the edge made it
     * @param agent the value of {@code User-Agent}
     * @param target the request's path and query
     * @return whom its bytes are counted for beside the tunnel; null when there are too many at once
     */
    public @Nullable VisitorCell begin(
            @Nullable CharSequence forwardedFor, @Nullable CharSequence agent, @Nullable CharSequence target) {
        long millis = clock.millis();
        requests.add(millis, 1);
        requestsByMinute.add(millis, 1);
        running.incrementAndGet();
        VisitorCell visitor = visitors.of(first(forwardedFor), agent == null ? "" : agent, millis);
        if (visitor != null) {
            visitor.begin(millis, target == null ? "" : target);
        }
        lastMillis = millis;
        movedMillis = millis;
        stirred.run();
        return visitor;
    }

    /** A piece of a request's body has come. */
    public void received(int bytes, @Nullable VisitorCell visitor) {
        count(bytesIn, bytes, visitor);
    }

    /** A piece of an answer's body has gone. */
    public void sent(int bytes, @Nullable VisitorCell visitor) {
        count(bytesOut, bytes, visitor);
    }

    /** An answer says that something went wrong at this end. */
    public void failed() {
        failuresByMinute.add(clock.millis(), 1);
    }

    /** A request is over, however it went. */
    public void end(@Nullable VisitorCell visitor) {
        running.decrementAndGet();
        if (visitor != null) {
            visitor.end();
        }
        movedMillis = clock.millis();
        stirred.run();
    }

    private void count(Ring ring, int bytes, @Nullable VisitorCell visitor) {
        if (bytes > 0) {
            long millis = clock.millis();
            ring.add(millis, bytes);
            if (!isWithin(movedMillis, millis, SECOND - 1)) {
                movedMillis = millis;
                stirred.run();
            }
            if (visitor != null) {
                visitor.passed(bytes);
            }
        }
    }

    /** Whether something passes, or did a moment ago: the rates change. */
    boolean isLively(long millis) {
        return isWithin(movedMillis, millis, (Traffic.RATE_SECONDS + 2) * SECOND);
    }

    /** Whether the seconds still show something, or will. */
    boolean isOnTheChart(long millis) {
        return isWithin(movedMillis, millis, (Traffic.SECONDS + 2) * SECOND);
    }

    /** Whether the hour still shows something. */
    boolean isRemembered(long millis) {
        return isWithin(lastMillis, millis, (Traffic.MINUTES + 1) * MINUTE);
    }

    private static boolean isWithin(long then, long millis, long span) {
        return then != NEVER && millis - then <= span;
    }

    Traffic seen() {
        long millis = clock.millis();
        long last = lastMillis;
        return new Traffic(
                Instant.ofEpochMilli(millis),
                requests.before(millis),
                bytesIn.before(millis),
                bytesOut.before(millis),
                requestsByMinute.upTo(millis),
                failuresByMinute.upTo(millis),
                Math.max(0, running.get()),
                last == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                visitors.seen(millis));
    }

    /** Whom the edge names first: the visitor; proxies come behind. */
    private static CharSequence first(@Nullable CharSequence forwardedFor) {
        if (forwardedFor == null) {
            return "";
        }
        for (int at = 0; at < forwardedFor.length(); at++) {
            if (forwardedFor.charAt(at) == ',') {
                return forwardedFor.subSequence(0, at);
            }
        }
        return forwardedFor;
    }
}
