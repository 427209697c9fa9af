package dev.porthole.server.store;

import dev.porthole.core.api.Connector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A connector's row. */
public record StoredConnector(
        String id,
        String project,
        Connector.Kind kind,
        String name,
        @Nullable String device,
        @Nullable Instant lastSeenAt,
        @Nullable String agentVersion,
        Instant createdAt) {}
