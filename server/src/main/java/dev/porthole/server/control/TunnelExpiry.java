package dev.porthole.server.control;

import dev.porthole.server.audit.Actor;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoreUnavailableException;
import dev.porthole.server.store.StoredTunnel;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Ends what was for a time: a tunnel with an expiry is turned off when its time is over, and a quick share that nobody
 * kept has {@link #QUICK} after it was last carried. Both are removed when no agent is connected for them and has not
 * been for {@link #ABSENCE}; what fell due while the server was down goes after its start. Kept tunnels stay for good.
 */
final class TunnelExpiry {
    /** How long a quick share that nobody carries keeps its name. */
    static final Duration QUICK = Duration.ofHours(24);

    /** How long an agent may be away, such as for a restart of its computer or of the server, without losing a name. */
    static final Duration ABSENCE = Duration.ofMinutes(10);

    private final Store store;
    private final Changes changes;
    private final Views views;
    private final Readiness readiness;
    private final RouteTable routes;
    private final PublicPorts ports;
    private final TunnelRemoval removal;
    private final Scheduler scheduler;

    TunnelExpiry(
            Store store,
            Changes changes,
            Views views,
            Readiness readiness,
            RouteTable routes,
            PublicPorts ports,
            TunnelRemoval removal,
            Scheduler scheduler) {
        this.store = store;
        this.changes = changes;
        this.views = views;
        this.readiness = readiness;
        this.routes = routes;
        this.ports = ports;
        this.removal = removal;
        this.scheduler = scheduler;
    }

    void start() {
        store.read(handle -> store.tunnels().all(handle)).forEach(this::watch);
    }

    /** Looks at a tunnel when something of it may be due. Short: may run as a hook after a commit. */
    void watch(StoredTunnel tunnel) {
        Instant due = due(tunnel);
        if (due != null) {
            Duration left = Duration.between(scheduler.now(), due);
            scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> look(tunnel.id()));
        }
    }

    /** When to look next: at its end, and from then on when it may go. */
    private static @Nullable Instant due(StoredTunnel tunnel) {
        Instant end = tunnel.expiresAt();
        if (end != null && tunnel.enabled()) {
            return end.isBefore(goes(tunnel)) ? end : goes(tunnel);
        }
        return end != null || tunnel.quick() ? goes(tunnel) : null;
    }

    /** From when on it may be removed, if nobody carries it; of one that is kept for good, never. */
    private static Instant goes(StoredTunnel tunnel) {
        Instant seen = tunnel.lastActiveAt();
        Instant end = tunnel.expiresAt() == null ? Instant.MAX : tunnel.expiresAt();
        if (tunnel.quick()) {
            Instant forgotten = (seen == null ? tunnel.createdAt() : seen).plus(QUICK);
            end = forgotten.isBefore(end) ? forgotten : end;
        }
        return seen != null && seen.plus(ABSENCE).isAfter(end) ? seen.plus(ABSENCE) : end;
    }

    private void look(String id) {
        Instant now = scheduler.now();
        try {
            store.writeOnly(handle -> store.tunnels().find(handle, id).ifPresent(tunnel -> look(handle, tunnel, now)));
        } catch (StoreUnavailableException away) {
            scheduler.after(OwedConditions.AGAIN, () -> look(id));
        }
    }

    private void look(Handle handle, StoredTunnel tunnel, Instant now) {
        boolean carried = readiness.carries(tunnel.id());
        if (!carried && !goes(tunnel).isAfter(now)) {
            removal.remove(handle, Actor.SERVER, tunnel, now);
            return;
        }
        StoredTunnel left = tunnel.isOver(now) && tunnel.enabled() ? turnedOff(handle, tunnel, now) : tunnel;
        if (!carried) {
            handle.afterCommit(() -> watch(left));
        } else if (due(left) != null) {
            // Its agent's leaving makes no noise here.
            handle.afterCommit(() -> scheduler.after(ABSENCE, () -> look(left.id())));
        }
    }

    private StoredTunnel turnedOff(Handle handle, StoredTunnel tunnel, Instant now) {
        StoredTunnel off =
                readiness.settle(tunnel.switched(false, tunnel.connector())).next();
        store.tunnels().update(handle, off);
        changes.deed(handle, Actor.SERVER, off.project(), "tunnel.expired", off.id(), views.tunnel(off), now);
        handle.afterCommit(() -> {
            routes.put(ports.route(off));
            readiness.follow(off);
        });
        return off;
    }
}
