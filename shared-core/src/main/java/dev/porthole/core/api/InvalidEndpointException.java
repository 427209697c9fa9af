package dev.porthole.core.api;

/** Text that names no endpoint; the message is one line for people. */
public final class InvalidEndpointException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidEndpointException(String message) {
        super(message);
    }
}
