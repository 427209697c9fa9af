package dev.porthole.server.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that a person may not do with an account now. The message is one line for people and holds no secret. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** What was given is wrong. */
        WRONG,
        /** What was given is right, but can't be taken: such as a common password. */
        UNACCEPTABLE,
        /** The account is not in a state for it. */
        STATE,
        /** Too many attempts; nothing was checked. */
        TOO_MANY
    }

    private final Reason reason;
    private final @Nullable String field;
    private final Duration retryAfter;

    private RefusedException(Reason reason, @Nullable String field, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    static RefusedException wrong(String field, String message) {
        return new RefusedException(Reason.WRONG, field, message, Duration.ZERO);
    }

    static RefusedException unacceptable(String field, String message) {
        return new RefusedException(Reason.UNACCEPTABLE, field, message, Duration.ZERO);
    }

    static RefusedException state(String message) {
        return new RefusedException(Reason.STATE, null, message, Duration.ZERO);
    }

    static RefusedException tooMany(Duration retryAfter) {
        return new RefusedException(Reason.TOO_MANY, null, "Too many attempts. Try again later.", retryAfter);
    }

    public Reason reason() {
        return reason;
    }

    /** What was given wrong; null if it is nothing that was given. */
    public @Nullable String field() {
        return field;
    }

    /** For {@link Reason#TOO_MANY}. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
