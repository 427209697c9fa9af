package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted; what is absent does not matter.
 *
 * @param actor an actor's id, or name
 * @param action such as {@code tunnel.created}; {@code tunnel.*} for all of a kind
 * @param resource an id
 * @param from the first moment that counts
 * @param to the first moment that counts no more
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String resource,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** All entries. */
    public static AuditFilter everything() {
        return new AuditFilter(null, null, null, null, null);
    }
}
