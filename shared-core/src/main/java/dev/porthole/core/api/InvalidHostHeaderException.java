package dev.porthole.core.api;

/** Text that names no Host header; the message is one line for people. */
public final class InvalidHostHeaderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidHostHeaderException(String message) {
        super(message);
    }
}
