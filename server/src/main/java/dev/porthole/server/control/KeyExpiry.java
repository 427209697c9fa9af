package dev.porthole.server.control;

import dev.porthole.core.api.ApiKey;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;

/**
 * Ends each key when its time is over: a call is refused without it, but sessions and event streams that the key opened
 * have to be ended. What was over while the server was down goes at its start.
 */
final class KeyExpiry {
    private final Store store;
    private final ApiKeys keys;
    private final Changes changes;
    private final Scheduler scheduler;

    KeyExpiry(Store store, ApiKeys keys, Changes changes, Scheduler scheduler) {
        this.store = store;
        this.keys = keys;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    void start() {
        store.read(handle -> store.keys().ending(handle)).forEach(this::watch);
    }

    /** Short: may run as a hook after a commit. */
    void watch(ApiKey key) {
        Instant end = key.expiresAt();
        if (end != null) {
            Duration left = Duration.between(scheduler.now(), end);
            scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> endIfOver(key.id()));
        }
    }

    private void endIfOver(String id) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> store.keys().find(handle, id).ifPresent(key -> {
            Instant end = key.expiresAt();
            if (end != null && !end.isAfter(now)) {
                keys.revoke(handle, id, "expired");
                changes.deed(handle, Actor.SERVER, key.project(), "key.deleted", id, null, now);
            } else {
                // The wall clock was set back, or runs behind the timer's.
                handle.afterCommit(() -> watch(key));
            }
        }));
    }
}
