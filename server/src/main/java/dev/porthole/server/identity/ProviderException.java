package dev.porthole.server.identity;

/** A provider did not say who someone is. The message is one line for people and holds no secret. */
final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    ProviderException(String message) {
        super(message);
    }

    ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
