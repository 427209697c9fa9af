package dev.porthole.desktop.settings;

/** The parts of the Settings screen. */
public enum Section {
    GENERAL,
    SERVER,
    NOTIFICATIONS,
    UPDATES,
    DIAGNOSTICS
}
