package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.Scope;
import dev.porthole.core.api.OAuthConsent;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What people have allowed programs of others, kept so that they are asked once. Safe from any thread; blocking. */
public final class Consents {
    private final Store store;
    private final Credentials credentials;
    private final AccountAudit audit;
    private final InstantSource clock;

    Consents(Store store, Credentials credentials, AccountAudit audit, InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether a person has allowed all of that; ours needs nobody's word. */
    boolean cover(String userId, RegisteredClient client, String scope) {
        return client.firstParty()
                || store.read(handle -> kept(handle, userId, client.id())).containsAll(Scope.parse(scope));
    }

    /**
     * Adds to what a person allows a program; nothing for ours.
     *
     * @param address where the person is
     */
    void grant(Handle handle, String userId, RegisteredClient client, String scope, String address) {
        if (client.firstParty()) {
            return;
        }
        Scope all = kept(handle, userId, client.id());
        all.addAll(Scope.parse(scope));
        handle.execute("""
                INSERT INTO oauth_consents (user_id, client_id, scope, granted_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (user_id, client_id) DO UPDATE SET scope = excluded.scope, granted_at = excluded.granted_at
                """, userId, client.id(), String.join(" ", new TreeSet<>(all.toStringList())), clock.millis());
        audit.record(handle, userId, address, "consent.given", client.id());
    }

    /** {@link #grant(Handle, String, RegisteredClient, String, String)} in a transaction of its own. */
    void grant(String userId, RegisteredClient client, String scope, String address) {
        store.writeOnly(handle -> grant(handle, userId, client, scope, address));
    }

    /** What a person has allowed, by the programs' names. */
    public List<OAuthConsent> list(String userId) {
        return store.read(handle -> handle.createQuery("""
                        SELECT s.client_id, c.name, s.scope, s.granted_at
                        FROM oauth_consents s JOIN oauth_clients c ON c.id = s.client_id
                        WHERE s.user_id = ? ORDER BY c.name, c.id
                        """)
                .bind(0, userId)
                .map((row, context) -> new OAuthConsent(
                        row.getString("client_id"),
                        row.getString("name"),
                        Scope.parse(row.getString("scope")).toStringList(),
                        Instant.ofEpochMilli(row.getLong("granted_at"))))
                .list());
    }

    /**
     * Takes back what a person allowed a program, in the caller's transaction; its tokens and their sessions end at
     * once.
     *
     * @return whether there was something
     */
    public boolean revoke(Handle handle, String userId, String clientId) {
        handle.createQuery("""
                        SELECT DISTINCT t.family FROM refresh_tokens t JOIN credentials c ON c.id = t.family
                        WHERE t.client_id = ? AND c.user_id = ? AND c.ended_at IS NULL
                        """)
                .bind(0, clientId)
                .bind(1, userId)
                .mapTo(String.class)
                .list()
                .forEach(family -> credentials.end(handle, family, "its user took the consent back"));
        return handle.execute("DELETE FROM oauth_consents WHERE user_id = ? AND client_id = ?", userId, clientId) > 0;
    }

    private static Scope kept(Handle handle, String userId, String clientId) {
        return handle.createQuery("SELECT scope FROM oauth_consents WHERE user_id = ? AND client_id = ?")
                .bind(0, userId)
                .bind(1, clientId)
                .mapTo(String.class)
                .findOne()
                .map(Scope::parse)
                .orElseGet(Scope::new);
    }
}
