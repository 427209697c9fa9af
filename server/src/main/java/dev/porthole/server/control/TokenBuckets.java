package dev.porthole.server.control;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many calls in a minute each of many may make, with a minute's worth in stock (token buckets). Bounded in memory:
 * of 20,000, those that called least recently are forgotten first, and begin with a full stock. Safe from any thread.
 */
final class TokenBuckets {
    static final int REMEMBERED = 20_000;
    static final int WINDOW_SECONDS = 60;

    /** Sums of fractions are a little off; nobody waits for that. */
    private static final double ROUNDING = 1e-6;

    /**
     * What is left.
     *
     * @param admitted whether the call may go on
     * @param left calls in stock
     * @param seconds until the stock is full again; if the call was refused, until there is one again
     */
    record Reading(boolean admitted, int left, long seconds) {}

    private static final class Bucket {
        private double stock;
        private long atMillis;
    }

    private final int perMinute;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param perMinute {@link Integer#MAX_VALUE} for no limit */
    TokenBuckets(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    boolean isOff() {
        return perMinute == Integer.MAX_VALUE;
    }

    int perMinute() {
        return perMinute;
    }

    /** Takes one from the stock, if there is one. */
    synchronized Reading take(String who) {
        long now = clock.millis();
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.stock = perMinute;
            buckets.put(who, bucket);
        } else {
            // A clock that was set back gives nothing.
            long passed = Math.max(0, now - bucket.atMillis);
            bucket.stock = Math.min(perMinute, bucket.stock + (double) passed * perMinute / (WINDOW_SECONDS * 1000.0));
        }
        bucket.atMillis = now;
        if (bucket.stock < 1 - ROUNDING) {
            return new Reading(false, 0, seconds(1 - bucket.stock));
        }
        bucket.stock--;
        return new Reading(true, (int) (bucket.stock + ROUNDING), seconds(perMinute - bucket.stock));
    }

    /** How long it takes to get so many calls back. */
    private long seconds(double calls) {
        return Math.max(1, (long) Math.ceil(calls * WINDOW_SECONDS / perMinute - ROUNDING));
    }

    synchronized int remembered() {
        return buckets.size();
    }
}
