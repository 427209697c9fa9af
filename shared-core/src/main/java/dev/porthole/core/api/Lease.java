package dev.porthole.core.api;

import java.time.Instant;

/** The answer to a {@link Heartbeat}: how long the instance counts as alive, on the server's clock. */
public record Lease(Instant expiresAt, Instant serverTime) {}
