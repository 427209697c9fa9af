package dev.porthole.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted; lists run from old to new, by creation time and id, unless they say otherwise.
 *
 * @param after the place behind which it starts; the beginning, if absent
 * @param limit rows at most
 */
public record Slice(@Nullable Place after, int limit) {
    /** Where a row stands in its list. */
    public record Place(Instant createdAt, String id) {}

    static final String ORDER = " AND (created_at > :afterTime OR (created_at = :afterTime AND id > :afterId))"
            + " ORDER BY created_at, id LIMIT :limit";

    long afterTime() {
        return after == null ? Long.MIN_VALUE : after.createdAt().toEpochMilli();
    }

    String afterId() {
        return after == null ? "" : after.id();
    }
}
