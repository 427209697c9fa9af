package dev.porthole.server.identity;

import dev.porthole.server.identity.Principal.KeyPrincipal;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** API keys: made once, shown once, kept as SHA-256. Safe from any thread; blocking. */
public final class ApiKeys {
    /** What every key begins with. */
    public static final String PREFIX = "phk_";

    private static final int SHOWN = PREFIX.length() + 4;

    /** A fresh key with its secret, which is never to be had again. */
    public record Minted(String id, String secret) {
        @Override
        public String toString() {
            return "Minted[id=" + id + "]";
        }
    }

    /**
     * A key without its secret.
     *
     * @param prefix the first characters, by which people tell keys apart
     */
    public record ApiKey(
            String id,
            String prefix,
            String name,
            String userId,
            String projectId,
            Set<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        public ApiKey {
            scopes = Set.copyOf(scopes);
        }
    }

    private final Store store;
    private final Credentials credentials;
    private final InstantSource clock;

    ApiKeys(Store store, Credentials credentials, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Makes a key of a user for one project. */
    public Minted mint(String userId, String projectId, String name, Set<String> scopes, @Nullable Instant expiresAt) {
        String secret = OpaqueToken.next(PREFIX);
        String id = store.write(handle -> {
            String made = credentials.begin(handle, Credentials.Kind.API_KEY, userId);
            handle.execute(
                    """
                    INSERT INTO api_keys (id, hash, prefix, name, project_id, scopes, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    made,
                    OpaqueToken.hash(secret),
                    secret.substring(0, SHOWN),
                    name,
                    projectId,
                    String.join(" ", new TreeSet<>(scopes)),
                    expiresAt == null ? null : expiresAt.toEpochMilli());
            return made;
        });
        return new Minted(id, secret);
    }

    /** Who a key speaks for; empty for every kind of bad one alike. */
    public Optional<KeyPrincipal> verify(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return store.read(handle -> handle.createQuery("""
                        SELECT k.id, c.user_id, k.project_id, k.scopes
                        FROM api_keys k JOIN credentials c ON c.id = k.id JOIN users u ON u.id = c.user_id
                        WHERE k.hash = ? AND c.ended_at IS NULL AND u.active
                          AND (k.expires_at IS NULL OR k.expires_at > ?)
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .bind(1, clock.millis())
                .map((row, context) -> new KeyPrincipal(
                        row.getString("id"),
                        row.getString("user_id"),
                        row.getString("project_id"),
                        scopes(row.getString("scopes")),
                        row.getString("id")))
                .findOne());
    }

    /** The live keys of a project, newest first. */
    public List<ApiKey> list(String projectId) {
        return store.read(handle -> handle.createQuery("""
                        SELECT k.*, c.user_id, c.created_at FROM api_keys k JOIN credentials c ON c.id = k.id
                        WHERE k.project_id = ? AND c.ended_at IS NULL ORDER BY c.created_at DESC, k.id
                        """)
                .bind(0, projectId)
                .map((row, context) -> new ApiKey(
                        row.getString("id"),
                        row.getString("prefix"),
                        row.getString("name"),
                        row.getString("user_id"),
                        row.getString("project_id"),
                        scopes(row.getString("scopes")),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getObject("expires_at") == null ? null : Instant.ofEpochMilli(row.getLong("expires_at"))))
                .list());
    }

    /**
     * Ends a key of a project, its connect tokens and its sessions at once.
     *
     * @return whether the project has such a key and it lived until now
     */
    public boolean revoke(String projectId, String keyId) {
        return store.write(handle -> {
            boolean known = handle.createQuery("SELECT COUNT(*) FROM api_keys WHERE id = ? AND project_id = ?")
                            .bind(0, keyId)
                            .bind(1, projectId)
                            .mapTo(Integer.class)
                            .one()
                    > 0;
            return known && credentials.end(handle, keyId, "revoked");
        });
    }

    private static Set<String> scopes(String stored) {
        return stored.isEmpty() ? Set.of() : Set.of(stored.split(" "));
    }
}
