package dev.porthole.core.doctor;

/** What Porthole itself can do about a finding; what a person has to do is in the words. */
public enum Remedy {
    NONE,
    /** Look again. */
    AGAIN,
    /** Sign in (again). */
    SIGN_IN,
    /** Open the server's address in a browser. */
    OPEN_SERVER,
    /** Go to the tunnels, where each can be looked at, stopped and started. */
    SHOW_TUNNELS
}
