package dev.porthole.server.identity;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.NewApiKey;
import dev.porthole.server.identity.Principal.KeyPrincipal;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * API keys: made once, shown once, kept as SHA-256. Who may make or end which one, the caller has decided. Safe from
 * any thread; blocking.
 */
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
     * A key that is to be made.
     *
     * @param tunnelId the only tunnel that it is to reach; the whole project, if absent
     */
    public record Wanted(
            String userId,
            String projectId,
            @Nullable String tunnelId,
            String name,
            Set<String> scopes,
            @Nullable Instant expiresAt) {
        public Wanted {
            scopes = Set.copyOf(scopes);
        }
    }

    private record Found(KeyPrincipal principal, @Nullable Instant lastUsedAt) {}

    private final Store store;
    private final Credentials credentials;
    private final KeyUse use;
    private final InstantSource clock;

    ApiKeys(Store store, Credentials credentials, KeyUse use, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.use = use;
        this.clock = clock;
    }

    /** Makes a key of a user for one project. */
    public Minted mint(String userId, String projectId, String name, Set<String> scopes, @Nullable Instant expiresAt) {
        Wanted wanted = new Wanted(userId, projectId, null, name, scopes, expiresAt);
        NewApiKey made = store.write(handle -> mint(handle, wanted));
        return new Minted(made.key().id(), made.secret());
    }

    /** Makes a key in the caller's transaction. */
    public NewApiKey mint(Handle handle, Wanted wanted) {
        String secret = OpaqueToken.next(PREFIX);
        ApiKey key = new ApiKey(
                credentials.begin(handle, Credentials.Kind.API_KEY, wanted.userId()),
                secret.substring(0, SHOWN),
                wanted.name(),
                wanted.userId(),
                wanted.projectId(),
                wanted.tunnelId(),
                List.copyOf(new TreeSet<>(wanted.scopes())),
                Instant.ofEpochMilli(clock.millis()),
                wanted.expiresAt(),
                null);
        store.keys().insert(handle, key, OpaqueToken.hash(secret));
        return new NewApiKey(key, secret);
    }

    /** Who a key speaks for; empty for every kind of bad one alike. */
    public Optional<KeyPrincipal> verify(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<Found> found = store.read(handle -> handle.createQuery("""
                        SELECT k.id, c.user_id, k.project_id, k.tunnel_id, k.scopes, k.last_used_at
                        FROM api_keys k JOIN credentials c ON c.id = k.id JOIN users u ON u.id = c.user_id
                        WHERE k.hash = ? AND c.ended_at IS NULL AND u.active
                          AND (k.expires_at IS NULL OR k.expires_at > ?)
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .bind(1, clock.millis())
                .map((row, context) -> new Found(
                        new KeyPrincipal(
                                row.getString("id"),
                                row.getString("user_id"),
                                row.getString("project_id"),
                                row.getString("tunnel_id"),
                                scopes(row.getString("scopes")),
                                row.getString("id")),
                        row.getObject("last_used_at") == null
                                ? null
                                : Instant.ofEpochMilli(row.getLong("last_used_at"))))
                .findOne());
        found.ifPresent(key -> use.seen(key.principal().keyId(), key.lastUsedAt()));
        return found.map(Found::principal);
    }

    /**
     * Puts another key with the same rights and the same end in the place of one, which ends at once.
     *
     * @param userId whose the successor is
     * @return empty if the key has ended before: then it has its successor, or none
     */
    public Optional<NewApiKey> rotate(Handle handle, ApiKey key, String userId) {
        if (!credentials.end(handle, key.id(), "rotated")) {
            return Optional.empty();
        }
        NewApiKey successor = mint(
                handle,
                new Wanted(userId, key.project(), key.tunnel(), key.name(), Set.copyOf(key.scopes()), key.expiresAt()));
        store.keys().replace(handle, key.id(), successor.key().id());
        return Optional.of(successor);
    }

    /**
     * Ends a key of a project, its connect tokens and its sessions at once.
     *
     * @return whether the project has such a key and it lived until now
     */
    public boolean revoke(String projectId, String keyId) {
        return store.write(handle ->
                store.keys().findIn(handle, projectId, keyId).isPresent() && revoke(handle, keyId, "revoked"));
    }

    /** Ends a key in the caller's transaction; false if it had ended. */
    public boolean revoke(Handle handle, String keyId, String because) {
        return credentials.end(handle, keyId, because);
    }

    /** Takes a tunnel's key along to the tunnel's new project; the connect tokens that it gave are for the old one. */
    public void moveTo(Handle handle, String keyId, String projectId) {
        store.keys().move(handle, keyId, projectId);
        handle.execute("DELETE FROM connect_tokens WHERE parent = ?", keyId);
    }

    private static Set<String> scopes(String stored) {
        return stored.isEmpty() ? Set.of() : Set.of(stored.split(" "));
    }
}
