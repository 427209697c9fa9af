package dev.porthole.core.wire;

/** A peer sent bytes on the control stream that are no control message. */
public final class ControlMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public ControlMessageException(String message) {
        super(message);
    }
}
