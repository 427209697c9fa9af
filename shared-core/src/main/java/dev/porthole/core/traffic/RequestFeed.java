package dev.porthole.core.traffic;

import dev.porthole.core.observe.Subscription;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Someone who hears of each request. Whoever counts requests never waits for whoever hears of them: what can't be kept
 * for a slow listener is dropped, and the next one says how many that were.
 */
final class RequestFeed implements Subscription {
    private static final int KEPT = 256;

    private final @Nullable String tunnel;
    private final Consumer<? super PassedRequest> listener;
    private final Consumer<RequestFeed> onClose;
    private final BlockingQueue<PassedRequest> kept = new ArrayBlockingQueue<>(KEPT);
    private final AtomicInteger missed = new AtomicInteger();
    private final Thread teller;

    /** {@code tunnel}: the one whose requests are told; null for all. The listener is called on a virtual thread. */
    RequestFeed(@Nullable String tunnel, Consumer<? super PassedRequest> listener, Consumer<RequestFeed> onClose) {
        this.tunnel = tunnel;
        this.listener = listener;
        this.onClose = onClose;
        this.teller = Thread.ofVirtual().name("porthole-requests").start(this::tellAll);
    }

    boolean isFor(String id) {
        return tunnel == null || tunnel.equals(id);
    }

    void tell(PassedRequest request) {
        if (!kept.offer(request)) {
            missed.incrementAndGet();
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        teller.interrupt();
    }

    private void tellAll() {
        try {
            while (true) {
                listener.accept(kept.take().after(missed.getAndSet(0)));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
