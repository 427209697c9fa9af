package dev.porthole.desktop.cli;

import org.jspecify.annotations.Nullable;

/** Lines of a name and what it is, under each other. */
record Fields(Terminal terminal) {
    /** Prints one; what comes from elsewhere in it is made {@link Printable}. Null is shown as a dash. */
    void line(String name, @Nullable String value) {
        terminal.print(String.format("%-13s %s", name + ":", Printable.of(value == null ? "-" : value)));
    }
}
