package dev.porthole.core.doctor;

import java.util.Locale;

/** What is looked at, in the order in which a connection meets it. */
public enum Check {
    /** The server's name leads to addresses. */
    NAME,
    /** Something that says that it is a Porthole server answers. */
    SERVER,
    /** Its certificate is trusted. */
    CERTIFICATE,
    /** This computer's clock agrees with the server's. */
    CLOCK,
    /** Sessions get through: the upgrade, or a WebSocket instead. */
    SESSION,
    /** Where the sign-in is kept takes a secret and gives it back. */
    KEYCHAIN,
    /** The apps that are shared accept connections. */
    ENDPOINT,
    /** A visitor's request goes through the public address and back. */
    END_TO_END;

    /** The name for programs, such as {@code end-to-end}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
