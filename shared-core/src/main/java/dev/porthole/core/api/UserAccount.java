package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as administrators see it.
 *
 * @param provider {@code local}, or the provider's configured name
 * @param active whether its person may sign in, and what they made works
 */
public record UserAccount(
        String id,
        String provider,
        String name,
        @Nullable String email,
        boolean administrator,
        boolean active,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {}
