package dev.porthole.server.identity;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What agents show when they dial: a day long, bound to one connector, dead with the credential that it came from. Safe
 * from any thread; blocking.
 */
public final class ConnectTokens {
    static final Duration LIFETIME = Duration.ofHours(24);

    private static final String PREFIX = "pht_";

    private final Store store;
    private final InstantSource clock;

    ConnectTokens(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Makes a token for a connector of a project; whether the parent may have it, the caller has decided. */
    public ConnectToken mint(Principal parent, String connectorId, String projectId) {
        String token = OpaqueToken.next(PREFIX);
        long expiresAt = clock.millis() + LIFETIME.toMillis();
        store.writeOnly(handle ->
                handle.execute("""
                INSERT INTO connect_tokens (hash, connector_id, project_id, parent, expires_at) VALUES (?, ?, ?, ?, ?)
                """, OpaqueToken.hash(token), connectorId, projectId, parent.credential(), expiresAt));
        return new ConnectToken(token, connectorId, Instant.ofEpochMilli(expiresAt));
    }

    /** What a token gives; empty for every kind of bad one alike, and for one whose parent has ended. */
    public Optional<SessionGrant> verify(String token) {
        return store.read(handle -> handle.createQuery("""
                        SELECT t.connector_id, t.project_id, t.parent
                        FROM connect_tokens t
                        JOIN credentials c ON c.id = t.parent
                        JOIN users u ON u.id = c.user_id
                        LEFT JOIN api_keys k ON k.id = c.id
                        WHERE t.hash = :hash AND t.expires_at > :now AND c.ended_at IS NULL AND u.active
                          AND (k.expires_at IS NULL OR k.expires_at > :now)
                        """)
                .bind("hash", OpaqueToken.hash(token))
                .bind("now", clock.millis())
                .map((row, context) -> new SessionGrant(
                        row.getString("connector_id"), row.getString("project_id"), row.getString("parent")))
                .findOne());
    }
}
