package dev.porthole.core.agent;

/** A dial that gave no session. The message is for people. */
final class DialException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final boolean upgradeDoubtful;

    DialException(Kind kind, String message) {
        this(kind, message, false);
    }

    /** {@code upgradeDoubtful}: something on the way may let no upgrade through that it does not know. */
    DialException(Kind kind, String message, boolean upgradeDoubtful) {
        super(message);
        this.kind = kind;
        this.upgradeDoubtful = upgradeDoubtful;
    }

    /** Whether the same in WebSocket frames may work. */
    boolean isUpgradeDoubtful() {
        return upgradeDoubtful;
    }

    Kind kind() {
        return kind;
    }

    /** What the reconnect policy decides by. */
    enum Kind {
        /** Nobody listens there: the server is down or on its way up. */
        REFUSED,
        /** No connection, or one that broke before it was a session. */
        UNREACHABLE,
        /** The edge does not take the connect token. */
        CREDENTIAL,
        /** The edge, or something in between, answered no. */
        ANSWERED_NO
    }
}
