package dev.porthole.desktop.tray;

import java.util.List;

/** One line of the tray's menu. Words are plain text, without mnemonics. */
sealed interface TrayEntry {
    /** Says something and can't be chosen. */
    record Words(String words) implements TrayEntry {}

    /** A line between groups. */
    record Separator() implements TrayEntry {}

    /** Does something. */
    record Item(String words, TrayCommand command) implements TrayEntry {}

    /** One of several, with a mark on the one that holds. */
    record Choice(String words, boolean chosen, TrayCommand command) implements TrayEntry {}

    /**
     * Opens further lines.
     *
     * @param key stays the same while its words change
     */
    record Submenu(String key, String words, List<TrayEntry> entries) implements TrayEntry {
        public Submenu {
            entries = List.copyOf(entries);
        }
    }
}
