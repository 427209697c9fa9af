package dev.porthole.server.control;

import dev.porthole.core.api.ApiKey;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Removes tunnels with what hangs on them: their keys, their route, what was found about them, a connector with nothing
 * left.
 */
final class TunnelRemoval {
    private final Store store;
    private final Changes changes;
    private final Readiness readiness;
    private final RouteTable routes;
    private final ConnectorRemoval connectors;
    private final ApiKeys keys;

    TunnelRemoval(
            Store store,
            Changes changes,
            Readiness readiness,
            RouteTable routes,
            ConnectorRemoval connectors,
            ApiKeys keys) {
        this.store = store;
        this.changes = changes;
        this.readiness = readiness;
        this.routes = routes;
        this.connectors = connectors;
        this.keys = keys;
    }

    void remove(Handle handle, Actor actor, StoredTunnel tunnel, Instant now) {
        for (ApiKey key : store.keys().ofTunnel(handle, tunnel.id())) {
            keys.revoke(handle, key.id(), "its tunnel was deleted");
            changes.deed(handle, actor, tunnel.project(), "key.deleted", key.id(), null, now);
        }
        store.tunnels().delete(handle, tunnel.id());
        changes.removed(handle, actor, tunnel.project(), "tunnel.deleted", tunnel.id(), tunnel.label(), now);
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
