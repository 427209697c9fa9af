package dev.porthole.core;

/** A setting that is not there, or a value that it can't have; the message is one line for people. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
