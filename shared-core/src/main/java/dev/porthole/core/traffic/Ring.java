package dev.porthole.core.traffic;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sums over the newest spans of time of equal length. Adding takes two atomic steps and no memory. Any thread; meant
 * for one writer, since an amount that another thread adds in the instant in which a span begins may be lost.
 */
final class Ring {
    private final long spanMillis;
    private final AtomicLongArray spans;
    private final AtomicLongArray sums;

    /** {@code size}: how many complete spans can be read. */
    Ring(long spanMillis, int size) {
        this.spanMillis = spanMillis;
        this.spans = new AtomicLongArray(size + 1);
        this.sums = new AtomicLongArray(size + 1);
    }

    void add(long millis, long amount) {
        long span = millis / spanMillis;
        int cell = cell(span);
        long counted = spans.get(cell);
        if (counted != span && spans.compareAndSet(cell, counted, span)) {
            sums.set(cell, amount);
        } else {
            sums.getAndAdd(cell, amount);
        }
    }

    /** The complete spans before the one that {@code millis} is in. */
    Series before(long millis) {
        return endingWith(millis / spanMillis - 1);
    }

    /** The spans up to the one that {@code millis} is in, which may not be over. */
    Series upTo(long millis) {
        return endingWith(millis / spanMillis);
    }

    private Series endingWith(long newest) {
        long[] values = new long[sums.length() - 1];
        for (int at = 0; at < values.length; at++) {
            long span = newest - values.length + 1 + at;
            int cell = cell(span);
            long sum = sums.get(cell);
            values[at] = spans.get(cell) == span ? sum : 0;
        }
        return Series.of(values);
    }

    private int cell(long span) {
        return Math.floorMod(span, sums.length());
    }
}
