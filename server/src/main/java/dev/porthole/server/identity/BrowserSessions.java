package dev.porthole.server.identity;

import dev.porthole.core.api.Ids;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is signed in to the pages, by the secret of their cookie. A session ends some time after it was last seen and
 * some time after it began. Safe from any thread; blocking.
 */
final class BrowserSessions {
    /** Being seen is written down this often at most. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /**
     * A live session.
     *
     * @param id what it is called: {@code ses_…}; no secret
     * @param signedInAt in milliseconds
     */
    record Session(String id, String userId, String userName, long signedInAt) {}

    /**
     * A live session as its person sees it.
     *
     * @param client the browser, in a few words
     * @param seenAt in milliseconds, a minute late at most
     */
    record Listed(String id, String client, @Nullable String address, long signedInAt, long seenAt) {}

    private record Seen(Session session, long at) {}

    private static final Logger LOG = LoggerFactory.getLogger(BrowserSessions.class);

    private final Store store;
    private final InstantSource clock;
    private final Duration idle;
    private final Duration lifetime;
    private final CredentialsEnded listener;

    /**
     * @param idle how long a browser may be away
     * @param lifetime how long a session holds at most
     * @param listener told of each ended session, as of credentials
     */
    BrowserSessions(Store store, InstantSource clock, Duration idle, Duration lifetime, CredentialsEnded listener) {
        this.store = store;
        this.clock = clock;
        this.idle = idle;
        this.lifetime = lifetime;
        this.listener = listener;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** Begins a session and gives its secret. */
    String begin(String userId, @Nullable String address, String client) {
        String secret = OpaqueToken.next("");
        long now = clock.millis();
        store.writeOnly(handle -> handle.execute(
                """
                INSERT INTO browser_sessions (hash, id, user_id, signed_in_at, seen_at, address, client)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                OpaqueToken.hash(secret),
                Ids.next(Principal.UserPrincipal.OF_BROWSER),
                userId,
                now,
                now,
                address,
                client));
        return secret;
    }

    /** The live session of a secret, which is seen by this. */
    Optional<Session> find(String secret) {
        long now = clock.millis();
        Optional<Seen> found = store.read(handle -> handle.createQuery("""
                        SELECT s.id, s.user_id, u.name, s.signed_in_at, s.seen_at
                        FROM browser_sessions s JOIN users u ON u.id = s.user_id
                        WHERE s.hash = ? AND u.active AND s.seen_at > ? AND s.signed_in_at > ?
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .bind(1, now - idle.toMillis())
                .bind(2, now - lifetime.toMillis())
                .map((row, context) -> new Seen(
                        new Session(
                                row.getString("id"),
                                row.getString("user_id"),
                                row.getString("name"),
                                row.getLong("signed_in_at")),
                        row.getLong("seen_at")))
                .findOne());
        found.filter(seen -> now - seen.at >= NOTED_EVERY.toMillis()).ifPresent(seen -> note(secret, now));
        return found.map(Seen::session);
    }

    /** A page is shown even if that can't be written down: a server whose disk is full can still be read. */
    private void note(String secret, long now) {
        try {
            store.writeOnly(handle -> handle.execute(
                    "UPDATE browser_sessions SET seen_at = ? WHERE hash = ?", now, OpaqueToken.hash(secret)));
        } catch (StoreUnavailableException away) {
            LOG.warn("a session was seen, but that is not written down: {}", away.getMessage());
        }
    }

    /** The live sessions of a user, the one that was seen last first. */
    List<Listed> list(Handle handle, String userId) {
        long now = clock.millis();
        return handle.createQuery("""
                        SELECT id, client, address, signed_in_at, seen_at FROM browser_sessions
                        WHERE user_id = ? AND seen_at > ? AND signed_in_at > ? ORDER BY seen_at DESC, id
                        """)
                .bind(0, userId)
                .bind(1, now - idle.toMillis())
                .bind(2, now - lifetime.toMillis())
                .map((row, context) -> new Listed(
                        row.getString("id"),
                        row.getString("client") == null ? "A browser" : row.getString("client"),
                        row.getString("address"),
                        row.getLong("signed_in_at"),
                        row.getLong("seen_at")))
                .list();
    }

    /** Ends the session of a secret, if there is one. */
    void end(String secret) {
        store.writeOnly(handle -> handle.createQuery("SELECT id FROM browser_sessions WHERE hash = ?")
                .bind(0, OpaqueToken.hash(secret))
                .mapTo(String.class)
                .findOne()
                .ifPresent(id -> delete(handle, id)));
    }

    /**
     * Ends a session of a user, in the caller's transaction.
     *
     * @return whether the user had it
     */
    boolean end(Handle handle, String userId, String id) {
        boolean theirs = handle.createQuery("SELECT COUNT(*) FROM browser_sessions WHERE id = ? AND user_id = ?")
                        .bind(0, id)
                        .bind(1, userId)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        return theirs && delete(handle, id);
    }

    /**
     * Ends all sessions of a user, in the caller's transaction.
     *
     * @param except the id of one that goes on
     */
    void endAll(Handle handle, String userId, @Nullable String except) {
        handle
                .createQuery("SELECT id FROM browser_sessions WHERE user_id = ?")
                .bind(0, userId)
                .mapTo(String.class)
                .list()
                .stream()
                .filter(id -> !id.equals(except))
                .forEach(id -> delete(handle, id));
    }

    /** Deletes those that are over. */
    int removeExpired(Handle handle) {
        long now = clock.millis();
        return handle.execute(
                "DELETE FROM browser_sessions WHERE seen_at < ? OR signed_in_at < ?",
                now - idle.toMillis(),
                now - lifetime.toMillis());
    }

    private boolean delete(Handle handle, String id) {
        boolean deleted = handle.execute("DELETE FROM browser_sessions WHERE id = ?", id) > 0;
        handle.afterCommit(() -> Thread.ofVirtual().name("session-ended").start(() -> listener.ended(id)));
        return deleted;
    }
}
