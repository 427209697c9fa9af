package dev.porthole.desktop.service;

import dev.porthole.core.agent.AgentTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Tells a service manager that the agent works, twice in each interval of its watchdog, and only when it does: each
 * word goes through the agent's own event loop, so a loop that is stuck says nothing and is started anew.
 */
public final class Watchdog implements AutoCloseable {
    private final Thread thread;

    private Watchdog(Thread thread) {
        this.thread = thread;
    }

    /** Starts if the manager has a watchdog. {@code pulse} completes once the agent's loop has turned. */
    public static Watchdog start(ServiceManager manager, Supplier<CompletableFuture<Void>> pulse, AgentTime time) {
        Runnable work = manager.watchdog()
                .<Runnable>map(interval -> () -> watch(manager, pulse, time, interval.dividedBy(2)))
                .orElse(() -> {});
        return new Watchdog(Thread.ofVirtual().name("watchdog").start(work));
    }

    private static void watch(
            ServiceManager manager, Supplier<CompletableFuture<Void>> pulse, AgentTime time, Duration half) {
        try {
            while (true) {
                pulse.get().thenRun(manager::alive);
                time.after(half).get();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
