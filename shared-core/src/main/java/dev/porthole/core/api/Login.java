package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way to sign in to an account.
 *
 * @param provider {@code local} for a password, or the provider's configured name
 * @param name what the provider calls the person
 * @param primary whether the account was made from it: that one can't be removed
 */
public record Login(
        String id,
        String provider,
        String name,
        @Nullable String email,
        boolean primary,
        Instant since,
        @Nullable Instant lastUsedAt) {}
