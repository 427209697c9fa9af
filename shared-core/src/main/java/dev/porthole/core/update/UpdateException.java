package dev.porthole.core.update;

/** A check that came to no result; nothing is offered then. */
public final class UpdateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    UpdateException(Kind kind, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What was answered is not what a key of this build has signed. */
    public static UpdateException untrusted(String message) {
        return new UpdateException(Kind.UNTRUSTED, message, null);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** What can go wrong. */
    public enum Kind {
        /** The address does not answer, or not with a feed. */
        UNREACHABLE,
        /** Nobody whom this build knows has signed what was answered. */
        UNTRUSTED,
        /** It is signed and makes no sense to this release. */
        NOT_UNDERSTOOD
    }
}
