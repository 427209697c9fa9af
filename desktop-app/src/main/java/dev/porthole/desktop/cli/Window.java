package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;
import java.util.OptionalInt;

/** The terminal that standard error is shown in. */
interface Window {
    /** How wide it is now, in cells; empty if standard error is no terminal, or nobody can tell. */
    OptionalInt columns();

    /** Calls {@code resized} after each change of the size, on a thread of its own, where the system tells. */
    Subscription onResize(Runnable resized);

    /** There is none. */
    static Window none() {
        return new Window() {
            @Override
            public OptionalInt columns() {
                return OptionalInt.empty();
            }

            @Override
            public Subscription onResize(Runnable resized) {
                return () -> {};
            }
        };
    }
}
