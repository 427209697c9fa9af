package dev.porthole.core.api;

import java.time.Instant;

/**
 * How a server is, for its administrators.
 *
 * @param database product and version
 * @param databaseBytes the space that it takes
 * @param schema the number of the database's last migration
 * @param sessions agents' sessions that are up
 * @param tunnels of all projects
 * @param heapBytes memory in use
 */
public record ServerHealth(
        String version,
        Instant startedAt,
        String database,
        long databaseBytes,
        String schema,
        long uptimeSeconds,
        int sessions,
        long tunnels,
        long heapBytes) {}
