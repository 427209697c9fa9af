package dev.porthole.server.control;

import dev.porthole.server.audit.Actor;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Removes tunnels with what hangs on them: their route, what was found about them, a connector with nothing left. */
final class TunnelRemoval {
    private final Store store;
    private final Changes changes;
    private final Readiness readiness;
    private final RouteTable routes;
    private final ConnectorRemoval connectors;

    TunnelRemoval(Store store, Changes changes, Readiness readiness, RouteTable routes, ConnectorRemoval connectors) {
        this.store = store;
        this.changes = changes;
        this.readiness = readiness;
        this.routes = routes;
        this.connectors = connectors;
    }

    void remove(Handle handle, Actor actor, StoredTunnel tunnel, Instant now) {
        store.tunnels().delete(handle, tunnel.id());
        changes.deed(handle, actor, tunnel.project(), "tunnel.deleted", tunnel.id(), null, now);
        handle.afterCommit(() -> {
            routes.remove(tunnel.name());
            readiness.distrust(tunnel.id());
        });
        String connector = tunnel.connector();
        if (connector != null && store.tunnels().ofConnector(handle, connector).isEmpty()) {
            connectors.withLastTunnel(handle, actor, tunnel.project(), connector, now);
        }
    }
}
