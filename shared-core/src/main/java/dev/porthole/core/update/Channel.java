package dev.porthole.core.update;

/** Which releases a person wants to hear of. */
public enum Channel {
    /** Finished ones. */
    STABLE,
    /** Those that are tried out, too. */
    BETA
}
