package dev.porthole.core.wire.http2;

import java.util.concurrent.TimeUnit;

/**
 * What the peer may send on one stream before its reader has taken what came (RFC 9113, section 5.2). A reader who
 * takes half a window within a quarter of a second gets a larger one, up to what a long and fast path needs; one who
 * gets slow loses it again. So the memory that a thousand slow readers hold is small, and one fast reader is not held
 * up. Event loop only.
 */
final class ReceiveWindow {
    /** What each stream begins with: RFC 9113's own default, rounded up. */
    static final int FIRST_BYTES = 64 * 1024;

    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int first;
    private final int most;
    private final WindowBudget budget;
    private int size;
    private int credit;
    private int unreported;
    private long reportedAtNanos;

    /** @param most bytes at the most; less than {@link #FIRST_BYTES} is the first window too */
    ReceiveWindow(int most, WindowBudget budget, long nowNanos) {
        this.first = Math.min(FIRST_BYTES, most);
        this.most = most;
        this.budget = budget;
        this.size = first;
        this.credit = first;
        this.reportedAtNanos = nowNanos;
    }

    /** Bytes came. False if they were more than the peer was allowed. */
    boolean takes(int bytes) {
        credit -= bytes;
        return credit >= 0;
    }

    /** By how much the peer went beyond it. */
    int excess() {
        return -credit;
    }

    /** The reader took bytes. Returns by how much to let the peer go on (WINDOW_UPDATE), 0 for not yet. */
    int consumed(int bytes, long nowNanos) {
        unreported += bytes;
        if (unreported < size / 2) {
            return 0;
        }
        long took = nowNanos - reportedAtNanos;
        reportedAtNanos = nowNanos;
        int update = unreported;
        if (took < FAST_NANOS) {
            int more = budget.take(Math.min(size, most - size));
            size += more;
            update += more;
        } else if (took > SLOW_NANOS) {
            int less = Math.min((size - first) / 2, unreported);
            size -= less;
            update -= less;
            budget.giveBack(less);
        }
        unreported = 0;
        credit += update;
        return update;
    }

    /** The stream is over. */
    void close() {
        budget.giveBack(size - first);
        size = first;
    }
}
