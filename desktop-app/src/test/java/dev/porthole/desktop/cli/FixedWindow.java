package dev.porthole.desktop.cli;

import dev.porthole.core.observe.Subscription;
import java.util.OptionalInt;

/** A window that nobody resizes. */
record FixedWindow(int width) implements Window {
    @Override
    public OptionalInt columns() {
        return OptionalInt.of(width);
    }

    @Override
    public Subscription onResize(Runnable resized) {
        return () -> {};
    }
}
