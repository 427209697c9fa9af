package dev.porthole.server.identity;

import dev.porthole.core.api.ApiKey;
import dev.porthole.server.store.Store;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes back what someone's credentials gave in an organization's projects: by its role, not by the credential, a
 * person reaches them. Sessions that are open are the caller's to end.
 */
public final class Departures {
    private final Store store;
    private final Credentials credentials;

    Departures(Store store, Credentials credentials) {
        this.store = store;
        this.credentials = credentials;
    }

    /**
     * Someone leaves: their keys there end, and the connect tokens of their other credentials.
     *
     * @return the credentials whose sessions there are over
     */
    public Set<String> leave(Handle handle, String organization, String userId) {
        for (ApiKey key : store.keys().ofUser(handle, organization, userId)) {
            credentials.end(handle, key.id(), "left the organization");
        }
        return disconnect(handle, organization, userId);
    }

    /** Someone may only look from now on: connect tokens end, keys stay with what is left to them. */
    public Set<String> disconnect(Handle handle, String organization, String userId) {
        Set<String> parents =
                new HashSet<>(handle.createQuery("SELECT id FROM credentials WHERE user_id = ? AND kind <> 'connector'")
                        .bind(0, userId)
                        .mapTo(String.class)
                        .list());
        handle.execute("""
                DELETE FROM connect_tokens
                WHERE project_id IN (SELECT id FROM projects WHERE organization_id = ?)
                  AND parent IN (SELECT id FROM credentials WHERE user_id = ? AND kind <> 'connector')
                """, organization, userId);
        return parents;
    }
}
