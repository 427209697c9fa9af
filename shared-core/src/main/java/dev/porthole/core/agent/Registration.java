package dev.porthole.core.agent;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for the control plane to know what is carried and for a session to be up. Any thread; futures complete
 * outside of the lock.
 */
final class Registration {
    private record Waiter(long generation, CompletableFuture<Void> done) {}

    private final List<Waiter> waiters = new ArrayList<>();
    private long beaten = -1;
    private boolean connected;

    /** Completes once a heartbeat has named {@code generation} or a later one, and a session is up. */
    CompletableFuture<Void> await(long generation) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            waiters.add(new Waiter(generation, done));
        }
        settle();
        return done;
    }

    void beaten(long generation) {
        synchronized (this) {
            beaten = Math.max(beaten, generation);
        }
        settle();
    }

    void connected(boolean now) {
        synchronized (this) {
            connected = now;
        }
        settle();
    }

    /** Nobody's wish comes true any more. */
    void fail(Throwable cause) {
        takeAll().forEach(done -> done.completeExceptionally(cause));
    }

    /** Disconnected: what the control plane knew, it forgets. */
    void reset() {
        synchronized (this) {
            beaten = -1;
            connected = false;
        }
        takeAll().forEach(done -> done.cancel(false));
    }

    private void settle() {
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Waiter> all = waiters.iterator(); connected && all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.generation() <= beaten) {
                    all.remove();
                    ready.add(waiter.done());
                }
            }
        }
        ready.forEach(done -> done.complete(null));
    }

    private synchronized List<CompletableFuture<Void>> takeAll() {
        List<CompletableFuture<Void>> all = waiters.stream().map(Waiter::done).toList();
        waiters.clear();
        return all;
    }
}
