package dev.porthole.server.relay;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs blocking tasks one after the other, in the order in which they came, on virtual threads. One for each session,
 * so that its events keep their order and a slow one holds up nobody else. Safe from any thread.
 */
final class SerialTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    void run(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        Thread.ofVirtual().name("session-tasks").start(this::drain);
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException failed) {
                LOG.error("a task of a session failed", failed);
            }
        }
    }
}
