package dev.porthole.server.store;

import dev.porthole.core.api.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation's row.
 *
 * @param hash of the link's secret, which is kept nowhere
 * @param invitedBy the user who made it
 */
public record StoredInvitation(
        String id,
        String hash,
        String organization,
        Role role,
        @Nullable String email,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt) {}
