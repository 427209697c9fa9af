package dev.porthole.desktop.app;

/** The screens beside the rail, in its order. */
enum Screen {
    SHARE,
    TUNNELS,
    CONNECTORS,
    ACTIVITY,
    /** Behind the switcher on top of the rail. */
    PROJECTS,
    SETTINGS
}
