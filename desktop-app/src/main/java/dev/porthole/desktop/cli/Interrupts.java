package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;

/** Requests to stop from outside: Ctrl+C, SIGTERM, the terminal's end. */
@FunctionalInterface
interface Interrupts {
    /**
     * Calls {@code stop} at the first request, on a thread of its own; the second one ends the process at once. Closing
     * gives the system's way of ending back.
     */
    Subscription onFirst(Runnable stop);
}
