package dev.porthole.core.api;

import java.time.Instant;

/**
 * A link that works once, shown once.
 *
 * @param link to be sent to the one whom it is for, and to nobody else
 */
public record OneTimeLink(String link, Instant expiresAt) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "OneTimeLink[expiresAt=" + expiresAt + "]";
    }
}
