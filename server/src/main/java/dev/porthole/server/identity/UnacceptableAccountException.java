package dev.porthole.server.identity;

/** A name or a password that can't be taken. The message is one line for people and holds no password. */
public final class UnacceptableAccountException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    UnacceptableAccountException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** {@code user} or {@code password}. */
    public String field() {
        return field;
    }
}
