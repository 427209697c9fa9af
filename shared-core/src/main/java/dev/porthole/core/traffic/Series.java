package dev.porthole.core.traffic;

import java.util.Arrays;

/** Numbers of spans of time of equal length that follow each other, oldest first. Never changes. */
public final class Series {
    private final long[] values;

    private Series(long[] values) {
        this.values = values;
    }

    /** These numbers. */
    public static Series of(long... values) {
        return new Series(values.clone());
    }

    /** As many zeros. */
    public static Series zeros(int size) {
        return new Series(new long[size]);
    }

    /** How many there are. */
    public int size() {
        return values.length;
    }

    /** One of them; 0 is the oldest. */
    public long at(int index) {
        return values[index];
    }

    /** The largest; 0 if there are none. */
    public long max() {
        long max = 0;
        for (long value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** All of them together. */
    public long sum() {
        return sumOfLast(values.length);
    }

    /** The newest {@code count} together. */
    public long sumOfLast(int count) {
        long sum = 0;
        for (int at = Math.max(0, values.length - count); at < values.length; at++) {
            sum += values[at];
        }
        return sum;
    }

    /** The sums of {@code width} neighbours each; what does not fill one is left out at the old end. */
    public Series inSteps(int width) {
        long[] steps = new long[values.length / width];
        int first = values.length - steps.length * width;
        for (int at = 0; at < steps.length * width; at++) {
            steps[at / width] += values[first + at];
        }
        return new Series(steps);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series series && Arrays.equals(values, series.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
