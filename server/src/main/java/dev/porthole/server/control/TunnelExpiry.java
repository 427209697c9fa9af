package dev.porthole.server.control;

import dev.porthole.server.audit.Actor;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoreUnavailableException;
import dev.porthole.server.store.StoredTunnel;
import java.time.Duration;
import java.time.Instant;

/** Removes each tunnel when its time is over; what ended while the server was down goes at its start. */
final class TunnelExpiry {
    private final Store store;
    private final TunnelRemoval removal;
    private final Scheduler scheduler;

    TunnelExpiry(Store store, TunnelRemoval removal, Scheduler scheduler) {
        this.store = store;
        this.removal = removal;
        this.scheduler = scheduler;
    }

    void start() {
        store.read(handle -> store.tunnels().all(handle)).forEach(this::watch);
    }

    /** Short: may run as a hook after a commit. */
    void watch(StoredTunnel tunnel) {
        Instant end = tunnel.expiresAt();
        if (end != null) {
            Duration left = Duration.between(scheduler.now(), end);
            scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> removeIfOver(tunnel));
        }
    }

    private void removeIfOver(StoredTunnel watched) {
        try {
            remove(watched, scheduler.now());
        } catch (StoreUnavailableException away) {
            scheduler.after(OwedConditions.AGAIN, () -> removeIfOver(watched));
        }
    }

    private void remove(StoredTunnel watched, Instant now) {
        store.writeOnly(handle -> store.tunnels().find(handle, watched.id()).ifPresent(tunnel -> {
            if (tunnel.isOver(now)) {
                removal.remove(handle, Actor.SERVER, tunnel, now);
            } else {
                // The wall clock was set back, or runs behind the timer's.
                handle.afterCommit(() -> watch(tunnel));
            }
        }));
    }
}
