package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way into an organization, for whoever has its link: works once, and not for long.
 *
 * @param email whom it is meant for, for people to remember; it binds nobody
 * @param link what the invited person opens; said once, when the invitation is made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Invitation(
        String id,
        Role role,
        @Nullable String email,
        @Nullable String link,
        Instant createdAt,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "Invitation[" + id + ", " + role + "]";
    }
}
