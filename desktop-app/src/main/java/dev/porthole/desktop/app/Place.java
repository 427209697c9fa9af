package dev.porthole.desktop.app;

/** Which part of the app a person is in. */
enum Place {
    /** Nobody is signed in. */
    WELCOME,
    /** Signed in, but no project is picked. */
    PROJECTS,
    /** At work: the rail and a screen. */
    WORK
}
