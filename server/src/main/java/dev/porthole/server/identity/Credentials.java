package dev.porthole.server.identity;

import dev.porthole.core.api.Ids;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What gives a right over time and can be ended: sign-ins (refresh families), API keys, connectors' credentials. One
 * that was ended here is dead for the very next call; with several nodes, for calls to the others after
 * {@link #REMEMBERED_FOR}. Safe from any thread.
 */
final class Credentials {
    /** How long an answer of the store is believed without asking again. */
    static final Duration REMEMBERED_FOR = Duration.ofSeconds(30);

    private static final int REMEMBERED = 10_000;

    enum Kind {
        FAMILY("family", "fam"),
        /** A family of a program that is not ours: its id tells, so that nobody takes it for the person alone. */
        APP_FAMILY("family", Principal.UserPrincipal.OF_APP),
        API_KEY("api_key", "key"),
        CONNECTOR("connector", "crd");

        private final String stored;
        private final String prefix;

        Kind(String stored, String prefix) {
            this.stored = stored;
            this.prefix = prefix;
        }
    }

    private final Store store;
    private final InstantSource clock;
    private final CredentialsEnded listener;

    /** When the store last said that a credential lives; the oldest answers go first. */
    private final Map<String, Long> seenAlive = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private long endings;

    Credentials(Store store, InstantSource clock, CredentialsEnded listener) {
        this.store = store;
        this.clock = clock;
        this.listener = listener;
    }

    /** Begins a credential of a user, in the caller's transaction. */
    String begin(Handle handle, Kind kind, String userId) {
        String id = Ids.next(kind.prefix);
        handle.execute(
                "INSERT INTO credentials (id, kind, user_id, created_at) VALUES (?, ?, ?, ?)",
                id,
                kind.stored,
                userId,
                clock.millis());
        return id;
    }

    /**
     * Ends a credential in the caller's transaction, with the connect tokens that it gave. Once that is committed, the
     * listener is told, on a thread of its own: the writer waits for nobody.
     *
     * @return whether it lived until now
     */
    boolean end(Handle handle, String id, String because) {
        int ended = handle.execute(
                "UPDATE credentials SET ended_at = ?, ended_because = ? WHERE id = ? AND ended_at IS NULL",
                clock.millis(),
                because,
                id);
        handle.execute("DELETE FROM connect_tokens WHERE parent = ?", id);
        if (ended == 0) {
            return false;
        }
        handle.afterCommit(() -> {
            forget(id);
            Thread.ofVirtual().name("credential-ended").start(() -> listener.ended(id));
        });
        return true;
    }

    /** {@link #end(Handle, String, String)} in a transaction of its own. */
    boolean end(String id, String because) {
        return store.write(handle -> end(handle, id, because));
    }

    /** Ends all that a user has, in the caller's transaction. */
    void endAll(Handle handle, String userId, String because) {
        handle.createQuery("SELECT id FROM credentials WHERE user_id = ? AND ended_at IS NULL")
                .bind(0, userId)
                .mapTo(String.class)
                .list()
                .forEach(id -> end(handle, id, because));
    }

    /** The live keys of a project. */
    List<String> keysOf(Handle handle, String projectId) {
        return handle.createQuery("""
                        SELECT k.id FROM api_keys k JOIN credentials c ON c.id = k.id
                        WHERE k.project_id = ? AND c.ended_at IS NULL
                        """).bind(0, projectId).mapTo(String.class).list();
    }

    /** Whether it was begun, has not ended, and its user is active. */
    boolean lives(String id) {
        long before;
        synchronized (seenAlive) {
            Long seen = seenAlive.get(id);
            if (seen != null && clock.millis() - seen < REMEMBERED_FOR.toMillis()) {
                return true;
            }
            before = endings;
        }
        boolean alive = store.read(handle -> lives(handle, id));
        if (alive) {
            remember(id, before);
        }
        return alive;
    }

    /** The store's word, in the caller's transaction. */
    static boolean lives(Handle handle, String id) {
        return handle.createQuery("""
                        SELECT COUNT(*) FROM credentials c JOIN users u ON u.id = c.user_id
                        WHERE c.id = ? AND c.ended_at IS NULL AND u.active
                        """).bind(0, id).mapTo(Integer.class).one() > 0;
    }

    /** An answer that was read before something ended may be about that: it is not kept. */
    private void remember(String id, long endingsBefore) {
        synchronized (seenAlive) {
            if (endings == endingsBefore) {
                seenAlive.remove(id);
                seenAlive.put(id, clock.millis());
            }
        }
    }

    private void forget(String id) {
        synchronized (seenAlive) {
            endings++;
            seenAlive.remove(id);
        }
    }
}
