package dev.porthole.server.store;

/** A question to the database that is not answered; the message says why, for people. */
public final class RefusedQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedQueryException(String message) {
        super(message, null, false, false);
    }
}
