package dev.porthole.server.store;

import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel's row: the API's tunnel without its address, which depends on how the server is reached.
 *
 * @param port its own, if it has one; kept while the tunnel is off
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
        boolean quick) {
    public StoredTunnel {
        conditions = List.copyOf(conditions);
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
                false);
    }
}
