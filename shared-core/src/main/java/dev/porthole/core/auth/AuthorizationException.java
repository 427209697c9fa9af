package dev.porthole.core.auth;

/** The authorization server said no, or gave what can't be trusted. The message is one line for people. */
public final class AuthorizationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    /** {@code error} is a code of RFC 6749, sections 4.1.2.1 and 5.2, or {@code invalid_response} for our own no. */
    public AuthorizationException(String error, String message) {
        super(message);
        this.error = error;
    }

    static AuthorizationException invalidResponse(String message) {
        return new AuthorizationException("invalid_response", message);
    }

    /** The code, for programs. */
    public String error() {
        return error;
    }

    /** Whether what was presented (a code, a refresh token) is worth nothing any more. */
    public boolean isInvalidGrant() {
        return error.equals("invalid_grant");
    }
}
