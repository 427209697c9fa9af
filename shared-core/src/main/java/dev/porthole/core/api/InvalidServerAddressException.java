package dev.porthole.core.api;

/** Text that names no server that may be spoken to; the message is one line for people. */
public final class InvalidServerAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidServerAddressException(String message) {
        super(message);
    }
}
