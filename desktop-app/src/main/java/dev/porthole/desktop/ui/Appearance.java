package dev.porthole.desktop.ui;

/** Which theme a person wants. */
public enum Appearance {
    SYSTEM,
    LIGHT,
    DARK
}
