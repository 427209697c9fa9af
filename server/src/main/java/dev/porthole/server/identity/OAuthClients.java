package dev.porthole.server.identity;

import dev.porthole.core.api.Ids;
import dev.porthole.core.api.OAuthClient;
import dev.porthole.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Programs that may ask for tokens: ours, and those that an administrator registered. Beside them stand resource
 * servers, which may ask what a token is worth and nothing else. Safe from any thread; blocking.
 */
public final class OAuthClients {
    /** What a resource server's secret begins with. */
    static final String SECRET_PREFIX = "phs_";

    private final Store store;
    private final Credentials credentials;
    private final InstantSource clock;

    OAuthClients(Store store, Credentials credentials, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The public client of that id. */
    Optional<RegisteredClient> find(String id) {
        // Asked of nearly every request: ours needs no look into the store.
        return id.equals(NativeClient.ID) ? Optional.of(NativeClient.CLIENT) : store.read(handle -> find(handle, id));
    }

    /** The same in the caller's transaction. */
    Optional<RegisteredClient> find(Handle handle, String id) {
        if (id.equals(NativeClient.ID)) {
            return Optional.of(NativeClient.CLIENT);
        }
        return handle.createQuery("SELECT * FROM oauth_clients WHERE id = ? AND secret_hash IS NULL")
                .bind(0, id)
                .map((row, context) -> client(row))
                .findOne();
    }

    /** Whether that is a resource server's secret. */
    boolean isResourceServer(String id, String secret) {
        return store.read(handle -> handle.createQuery("SELECT secret_hash FROM oauth_clients WHERE id = ?")
                        .bind(0, id)
                        .mapTo(String.class)
                        .findOne())
                .filter(kept -> OpaqueToken.same(kept, OpaqueToken.hash(secret)))
                .isPresent();
    }

    /** All that were registered, the newest first. */
    public List<OAuthClient> list() {
        return store.read(handle -> handle.createQuery("SELECT * FROM oauth_clients ORDER BY created_at DESC, id")
                .map((row, context) -> {
                    RegisteredClient client = client(row);
                    return shown(client, row.getString("secret_hash") != null, null);
                })
                .list());
    }

    /** What is wrong with a redirect address that is to be registered, for people; null if nothing is. */
    public static @Nullable String faultOf(String redirectUri) {
        return RedirectUris.fault(redirectUri);
    }

    /**
     * Registers one in the caller's transaction.
     *
     * @param redirectUris checked with {@link #faultOf}; none for a resource server
     * @return it, with its secret if it is a resource server
     */
    public OAuthClient register(Handle handle, String name, List<String> redirectUris, boolean resourceServer) {
        RegisteredClient client = new RegisteredClient(Ids.next("cli"), name, redirectUris, false, clock.instant());
        String secret = resourceServer ? OpaqueToken.next(SECRET_PREFIX) : null;
        handle.execute(
                "INSERT INTO oauth_clients (id, name, redirect_uris, secret_hash, created_at) VALUES (?, ?, ?, ?, ?)",
                client.id(),
                name,
                String.join("\n", redirectUris),
                secret == null ? null : OpaqueToken.hash(secret),
                client.createdAt().toEpochMilli());
        return shown(client, resourceServer, secret);
    }

    /**
     * Removes one in the caller's transaction, with what people allowed it and all tokens that it has: they and their
     * sessions end at once.
     *
     * @return whether there was one
     */
    public boolean remove(Handle handle, String id) {
        handle.createQuery("""
                        SELECT DISTINCT t.family FROM refresh_tokens t JOIN credentials c ON c.id = t.family
                        WHERE t.client_id = ? AND c.ended_at IS NULL
                        """)
                .bind(0, id)
                .mapTo(String.class)
                .list()
                .forEach(family -> credentials.end(handle, family, "its client was removed"));
        handle.execute("DELETE FROM device_codes WHERE client_id = ?", id);
        handle.execute("DELETE FROM authorization_codes WHERE client_id = ?", id);
        return handle.execute("DELETE FROM oauth_clients WHERE id = ?", id) > 0;
    }

    private static RegisteredClient client(ResultSet row) throws SQLException {
        String redirects = row.getString("redirect_uris");
        return new RegisteredClient(
                row.getString("id"),
                row.getString("name"),
                redirects.isEmpty() ? List.of() : List.of(redirects.split("\n")),
                false,
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static OAuthClient shown(RegisteredClient client, boolean resourceServer, @Nullable String secret) {
        return new OAuthClient(
                client.id(), client.name(), client.redirectUris(), resourceServer, client.createdAt(), secret);
    }
}
