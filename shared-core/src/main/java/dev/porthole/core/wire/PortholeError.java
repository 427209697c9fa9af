package dev.porthole.core.wire;

import java.util.Locale;
import java.util.Optional;

/** What happened, in the {@code Porthole-Error} field of an answer that the edge or the agent made itself. */
public enum PortholeError {
    TUNNEL_NOT_FOUND(404),
    TUNNEL_OFFLINE(503),
    ENDPOINT_REFUSED(502),
    ENDPOINT_TIMEOUT(504),
    LIMIT_EXCEEDED(429),
    ACCESS_DENIED(403);

    private final int status;

    PortholeError(int status) {
        this.status = status;
    }

    /** The status code that goes with it unless a more exact one is known (413, 431, ...). */
    public int status() {
        return status;
    }

    /** The word on the wire, such as {@code tunnel_not_found}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The error that a word on the wire names; empty for words of a newer peer. */
    public static Optional<PortholeError> ofToken(String token) {
        for (PortholeError error : values()) {
            if (error.token().equals(token)) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
