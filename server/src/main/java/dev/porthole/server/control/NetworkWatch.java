package dev.porthole.server.control;

import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredTunnel;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells of the new addresses of tunnels that are visible in the network, when the computer's own has changed. */
final class NetworkWatch {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Store store;
    private final Changes changes;
    private final Views views;
    private final PublicPorts ports;
    private final Scheduler scheduler;
    private Optional<InetAddress> last = Optional.empty();

    NetworkWatch(Store store, Changes changes, Views views, PublicPorts ports, Scheduler scheduler) {
        this.store = store;
        this.changes = changes;
        this.views = views;
        this.ports = ports;
        this.scheduler = scheduler;
    }

    /** Looks from time to time, if any address can depend on it. */
    void start() {
        if (ports.any() && (ports.networkChoice() || ports.bind().isAnyLocalAddress())) {
            last = ports.lan().now();
            again();
        }
    }

    private void again() {
        scheduler.after(PAUSE, () -> {
            try {
                look();
            } finally {
                again();
            }
        });
    }

    private void look() {
        Optional<InetAddress> now = ports.lan().now();
        if (!now.equals(last)) {
            last = now;
            store.writeOnly(handle -> store.tunnels().all(handle).stream()
                    .filter(tunnel -> ports.followsNetwork(tunnel.port()))
                    .forEach(tunnel -> tell(handle, tunnel)));
        }
    }

    private void tell(Handle handle, StoredTunnel tunnel) {
        Instant now = scheduler.now();
        StoredTunnel next = tunnel.next();
        store.tunnels().update(handle, next);
        changes.observed(handle, next.project(), "tunnel.updated", next.id(), views.tunnel(next), now);
    }
}
