package dev.porthole.core.wire.http2;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What fast streams may have in flight beyond the window that each of them begins with. Shared by connections, so that
 * what peers can make this process hold in memory has one bound. Safe from any thread.
 */
public final class WindowBudget {
    private final AtomicLong left;

    /** @param bytes to be had in all */
    public WindowBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes what is wanted, or what there is. */
    int take(int wanted) {
        long before = left.getAndUpdate(bytes -> bytes - Math.min(bytes, wanted));
        return (int) Math.min(before, wanted);
    }

    /** Returns what was taken. */
    void giveBack(int bytes) {
        left.addAndGet(bytes);
    }
}
