package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who is signed in to the pages, by the secret of their cookie. A session ends a day after it was last seen and a week
 * after it began. Safe from any thread.
 */
final class BrowserSessions {
    static final Duration IDLE = Duration.ofDays(1);
    static final Duration ABSOLUTE = Duration.ofDays(7);

    /** Being seen is written down this often at most. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /**
     * @param id names it where a credential is named; no secret
     * @param signedInAt in milliseconds
     */
    record Session(String id, String userId, String userName, long signedInAt) {}

    private record Seen(Session session, long at) {}

    private final Store store;
    private final InstantSource clock;

    BrowserSessions(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Begins a session and gives its secret. */
    String begin(String userId) {
        String secret = OpaqueToken.next("");
        long now = clock.millis();
        store.writeOnly(handle -> handle.execute(
                "INSERT INTO browser_sessions (hash, user_id, signed_in_at, seen_at) VALUES (?, ?, ?, ?)",
                OpaqueToken.hash(secret),
                userId,
                now,
                now));
        return secret;
    }

    /** The live session of a secret, which is seen by this. */
    Optional<Session> find(String secret) {
        long now = clock.millis();
        Optional<Seen> found = store.read(handle -> handle.createQuery("""
                        SELECT s.user_id, u.name, s.signed_in_at, s.seen_at
                        FROM browser_sessions s JOIN users u ON u.id = s.user_id
                        WHERE s.hash = ? AND u.active AND s.seen_at > ? AND s.signed_in_at > ?
                        """)
                .bind(0, OpaqueToken.hash(secret))
                .bind(1, now - IDLE.toMillis())
                .bind(2, now - ABSOLUTE.toMillis())
                .map((row, context) -> new Seen(
                        new Session(
                                idOf(secret),
                                row.getString("user_id"),
                                row.getString("name"),
                                row.getLong("signed_in_at")),
                        row.getLong("seen_at")))
                .findOne());
        found.filter(seen -> now - seen.at >= NOTED_EVERY.toMillis())
                .ifPresent(seen -> store.writeOnly(handle -> handle.execute(
                        "UPDATE browser_sessions SET seen_at = ? WHERE hash = ?", now, OpaqueToken.hash(secret))));
        return found.map(Seen::session);
    }

    /** Twice hashed: whoever reads it in the audit trail can't tell the row of the session by it, nor its secret. */
    static String idOf(String secret) {
        return "ses_" + OpaqueToken.hash(OpaqueToken.hash(secret)).substring(0, 32);
    }

    /** Ends the session of a secret, if there is one. */
    void end(String secret) {
        store.writeOnly(
                handle -> handle.execute("DELETE FROM browser_sessions WHERE hash = ?", OpaqueToken.hash(secret)));
    }
}
