package dev.porthole.server.store;

import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel's row: the API's tunnel without its address, which depends on how the server is reached.
 *
 * @param port its own, if it has one; kept while the tunnel is off
 * @param createdBy the user whose quota it counts for; absent if it was made before anyone counted
 * @param quick whether nobody has kept it: it goes by itself when it has not been carried for long
 */
public record StoredTunnel(
        String id,
        String project,
        String name,
        String label,
        Endpoint endpoint,
        HostHeader hostHeader,
        boolean enabled,
        @Nullable String connector,
        List<Condition> conditions,
        long version,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastActiveAt,
        @Nullable StoredPort port,
        Map<String, String> metadata,
        @Nullable String createdBy,
        boolean quick) {
    public StoredTunnel {
        conditions = List.copyOf(conditions);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Whether its time has come. */
    public boolean isOver(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** With another label, endpoint and Host header. */
    public StoredTunnel described(String newLabel, Endpoint newEndpoint, HostHeader newHostHeader) {
        return new StoredTunnel(
                id,
                project,
                name,
                newLabel,
                newEndpoint,
                newHostHeader,
                enabled,
                connector,
                conditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                port,
                metadata,
                createdBy,
                quick);
    }

    /** Turned on or off. */
    public StoredTunnel switched(boolean on, @Nullable String carrier) {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                on,
                carrier,
                conditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                port,
                metadata,
                createdBy,
                quick);
    }

    /** With other conditions. */
    public StoredTunnel conditioned(List<Condition> newConditions) {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                enabled,
                connector,
                newConditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                port,
                metadata,
                createdBy,
                quick);
    }

    /** As its next version. */
    public StoredTunnel next() {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                enabled,
                connector,
                conditions,
                version + 1,
                createdAt,
                expiresAt,
                lastActiveAt,
                port,
                metadata,
                createdBy,
                quick);
    }

    /** Seen carrying at this time. */
    public StoredTunnel activeAt(Instant at) {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                enabled,
                connector,
                conditions,
                version,
                createdAt,
                expiresAt,
                at,
                port,
                metadata,
                createdBy,
                quick);
    }

    /** With another port of its own; without one, if it is null. */
    public StoredTunnel at(@Nullable StoredPort newPort) {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                enabled,
                connector,
                conditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                newPort,
                metadata,
                createdBy,
                quick);
    }

    /** To stay for good. */
    public StoredTunnel kept() {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                enabled,
                connector,
                conditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                port,
                metadata,
                createdBy,
                false);
    }

    /** With other notes, and another end; without one, if it is null. */
    public StoredTunnel noted(Map<String, String> newMetadata, @Nullable Instant newEnd) {
        return new StoredTunnel(
                id,
                project,
                name,
                label,
                endpoint,
                hostHeader,
                enabled,
                connector,
                conditions,
                version,
                createdAt,
                newEnd,
                lastActiveAt,
                port,
                newMetadata,
                createdBy,
                quick);
    }

    /** Of another project, where nobody carries it yet. */
    public StoredTunnel movedTo(String newProject) {
        return new StoredTunnel(
                id,
                newProject,
                name,
                label,
                endpoint,
                hostHeader,
                false,
                null,
                conditions,
                version,
                createdAt,
                expiresAt,
                lastActiveAt,
                port,
                metadata,
                createdBy,
                quick);
    }
}
