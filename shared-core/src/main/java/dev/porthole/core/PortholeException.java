package dev.porthole.core;

import org.jspecify.annotations.Nullable;

/** Something that a person has to hear of. The message is one or two sentences: what happened, and what to do. */
public final class PortholeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public PortholeException(Kind kind, String message) {
        this(kind, message, null);
    }

    public PortholeException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of trouble it is; decides the button on a screen and the exit code of a command. */
    public Kind kind() {
        return kind;
    }

    /** The kinds, with the exit code that a command ends with. */
    public enum Kind {
        /** The server said no, or a step could not be done. */
        FAILED(1),
        /** What was given can't be. */
        WRONG_USE(2),
        /** Sign in (again). */
        NOT_SIGNED_IN(3),
        /** No such thing, or not yours. */
        NOT_FOUND(4),
        /** No answer from the server. */
        UNREACHABLE(5),
        /** A person or a signal stopped it. */
        CANCELLED(130);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The command line's exit code. */
        public int exitCode() {
            return exitCode;
        }
    }
}
