package dev.porthole.server.control;

import java.time.Duration;
import java.time.Instant;

/** The server's clock and what waits for it; a test's own moves when the test says so. */
public interface Scheduler {
    /** The time, in whole milliseconds. */
    Instant now();

    /** Runs a task on a virtual thread after a delay. What is no longer wanted by then says so itself. */
    void after(Duration delay, Runnable task);
}
