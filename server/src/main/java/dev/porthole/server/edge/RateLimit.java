package dev.porthole.server.edge;

import io.netty.util.concurrent.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests in a second each of many may make, with a second's worth in stock (token buckets). It remembers
 * those that came last; whoever is forgotten begins with a full stock. Event loop only: no lock, no timer.
 */
final class RateLimit<K> {
    /** Some 100 bytes each. */
    static final int REMEMBERED = 16_384;

    private static final double NANOS = 1e9;

    private static final class Bucket {
        private double stock;
        private long atNanos;
    }

    private final int perSecond;
    private final Ticker ticker;
    private final Map<K, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param perSecond {@link Integer#MAX_VALUE} for no limit */
    RateLimit(int perSecond, Ticker ticker) {
        this.perSecond = perSecond;
        this.ticker = ticker;
    }

    boolean isOff() {
        return perSecond == Integer.MAX_VALUE;
    }

    /** Takes one from the stock. Returns 0, or if there was none, after how many seconds there is one again. */
    int secondsToWait(K who) {
        if (isOff()) {
            return 0;
        }
        long now = ticker.nanoTime();
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.stock = perSecond;
            buckets.put(who, bucket);
        } else {
            bucket.stock = Math.min(perSecond, bucket.stock + (now - bucket.atNanos) / NANOS * perSecond);
        }
        bucket.atNanos = now;
        if (bucket.stock >= 1) {
            bucket.stock--;
            return 0;
        }
        return Math.max(1, (int) Math.ceil((1 - bucket.stock) / perSecond));
    }

    int remembered() {
        return buckets.size();
    }
}
