package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One row of a project's outbox, as the event stream sends it.
 *
 * @param sequence the project's own numbering, without gaps; the event's {@code id:} and {@code Last-Event-ID}
 * @param type such as {@code tunnel.created}, {@code tunnel.updated}, {@code tunnel.deleted}, {@code connector.updated}
 * @param resource the id of what changed
 * @param data the resource after the change, as its own route gives it; null when it is gone
 */
public record ProjectEvent(
        long sequence,
        String type,
        String resource,
        @Nullable JsonNode data,
        Instant at) {}
