package dev.porthole.server.control;

import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What has to follow a tunnel that was made or changed: its project's events, the audit, its route, its readiness. */
final class TunnelChanges {
    private final Store store;
    private final Changes told;
    private final Views views;
    private final Readiness readiness;
    private final RouteTable routes;
    private final PublicPorts ports;

    TunnelChanges(Store store, Changes told, Views views, Readiness readiness, RouteTable routes, PublicPorts ports) {
        this.store = store;
        this.told = told;
        this.views = views;
        this.readiness = readiness;
        this.routes = routes;
        this.ports = ports;
    }

    /** In the transaction of the change; the routes follow when it is on the disk. */
    void tell(Handle handle, Call call, String type, StoredTunnel tunnel, Instant now) {
        tell(handle, call, type, type, tunnel, now);
    }

    /** As {@link #tell(Handle, Call, String, StoredTunnel, Instant)}, with another word for it in the audit trail. */
    void tell(Handle handle, Call call, String deed, String type, StoredTunnel tunnel, Instant now) {
        told.deed(handle, call.actor(), tunnel.project(), deed, type, tunnel.id(), views.tunnel(tunnel), now);
        handle.afterCommit(() -> {
            routes.put(ports.route(tunnel));
            readiness.follow(tunnel);
        });
    }

    /** @throws ProblemException 400 if the project has no such connector */
    @Nullable
    String connectorOf(Handle handle, String project, @Nullable String connector) {
        if (connector != null
                && store.connectors().findIn(handle, project, connector).isEmpty()) {
            throw ProblemException.invalid("connector", "connector: not found (expected: one of the project's)");
        }
        return connector;
    }

    Answer.Json answer(int status, StoredTunnel tunnel) {
        return new Answer.Json(status, views.tunnel(tunnel), Map.of("ETag", Versions.etag(tunnel)));
    }
}
