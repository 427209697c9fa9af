package dev.porthole.desktop.app;

/** The screens beside the rail. */
enum Screen {
    SHARE,
    TUNNELS,
    SETTINGS
}
