package dev.porthole.desktop.tunnels;

/** What a person can do about a stage that waits or failed. */
enum Repair {
    /** The server takes this computer's sign-in no more. */
    SIGN_IN,
    /** Try every step again. */
    TRY_AGAIN,
    /** Copy with what the app was started, to start it again. */
    START_APP,
    /** The app runs elsewhere now: another endpoint. */
    CHANGE_ENDPOINT,
    /** Have the app see its own name. */
    SHOW_LOCALHOST,
    /** Have the app see another name. */
    CHANGE_HOST_HEADER
}
