package dev.porthole.server.identity;

import dev.porthole.server.identity.Principal.ConnectorPrincipal;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What external connectors show: made once, shown once, kept as SHA-256; a connector has one at a time. Like an API key
 * it is its maker's, and ends with that account. Safe from any thread; blocking.
 */
public final class ConnectorCredentials {
    /** What every one begins with. */
    public static final String PREFIX = "phc_";

    /** How long a use may go unwritten: agents call four times a minute, and a write is the whole database's turn. */
    static final Duration SPARINGLY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorCredentials.class);
    private static final int SHOWN = 8;

    /**
     * A connector's credential without its secret.
     *
     * @param prefix the first characters, by which people tell credentials apart
     * @param lastUsedAt to the minute; absent before the first use
     */
    public record Known(String prefix, @Nullable Instant lastUsedAt) {}

    private record Found(ConnectorPrincipal principal, long lastUsedAt) {}

    private final Store store;
    private final Credentials credentials;
    private final InstantSource clock;

    ConnectorCredentials(Store store, Credentials credentials, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Ends what a connector has and gives it a fresh one, in the caller's transaction: both or neither.
     *
     * @param userId whose deed it is
     * @return the secret, which is never to be had again
     */
    public String rotate(Handle handle, String connector, String userId) {
        end(handle, connector, "rotated");
        String secret = OpaqueToken.next(PREFIX);
        String id = credentials.begin(handle, Credentials.Kind.CONNECTOR, userId);
        handle.execute(
                "INSERT INTO connector_credentials (id, hash, prefix, connector_id) VALUES (?, ?, ?, ?)",
                id,
                OpaqueToken.hash(secret),
                secret.substring(0, SHOWN),
                connector);
        return secret;
    }

    /** Ends what a connector has, with its connect tokens and its sessions, in the caller's transaction. */
    public void end(Handle handle, String connector, String because) {
        live(handle, connector).forEach(id -> credentials.end(handle, id, because));
    }

    private static List<String> live(Handle handle, String connector) {
        return handle.createQuery("""
                        SELECT k.id FROM connector_credentials k JOIN credentials c ON c.id = k.id
                        WHERE k.connector_id = ? AND c.ended_at IS NULL
                        """).bind(0, connector).mapTo(String.class).list();
    }

    /** What is known of a connector's credential; empty if it has none that lives. */
    public Optional<Known> known(Handle handle, String connector) {
        return handle.createQuery("""
                        SELECT k.prefix, k.last_used_at
                        FROM connector_credentials k JOIN credentials c ON c.id = k.id JOIN users u ON u.id = c.user_id
                        WHERE k.connector_id = ? AND c.ended_at IS NULL AND u.active
                        """)
                .bind(0, connector)
                .map((row, context) -> {
                    long used = row.getLong("last_used_at");
                    return new Known(row.getString("prefix"), used == 0 ? null : Instant.ofEpochMilli(used));
                })
                .findFirst();
    }

    /** Which connector a secret speaks for; empty for every kind of bad one alike. */
    public Optional<ConnectorPrincipal> verify(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<Found> found = store.read(handle -> handle.createQuery("""
                        SELECT k.id, k.connector_id, n.project_id, k.last_used_at
                        FROM connector_credentials k
                        JOIN credentials c ON c.id = k.id
                        JOIN users u ON u.id = c.user_id
                        JOIN connectors n ON n.id = k.connector_id
                        WHERE k.hash = ? AND c.ended_at IS NULL AND u.active
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .map((row, context) -> new Found(
                        new ConnectorPrincipal(
                                row.getString("connector_id"), row.getString("project_id"), row.getString("id")),
                        row.getLong("last_used_at")))
                .findOne());
        found.ifPresent(this::noteUse);
        return found.map(Found::principal);
    }

    private void noteUse(Found found) {
        long now = clock.millis();
        if (now - found.lastUsedAt() < SPARINGLY.toMillis()) {
            return;
        }
        try {
            store.writeOnly(handle -> handle.execute(
                    "UPDATE connector_credentials SET last_used_at = ? WHERE id = ?",
                    now,
                    found.principal().credential()));
        } catch (RuntimeException full) {
            // A database that takes no writes any more still lets its agents in.
            LOG.warn("the last use of {} is not written: {}", found.principal().credential(), full.getMessage());
        }
    }
}
