package dev.porthole.core.api;

import java.time.Instant;

/** What the agent shows when it dials. Secret; ends with its parent credential. */
public record ConnectToken(String token, String connector, Instant expiresAt) {
    @Override
    public String toString() {
        return "ConnectToken[connector=" + connector + ", expiresAt=" + expiresAt + "]";
    }
}
