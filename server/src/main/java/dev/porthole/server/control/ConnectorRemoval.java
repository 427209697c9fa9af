package dev.porthole.server.control;

import dev.porthole.core.api.Connector;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.store.InstanceLease;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Removes connectors with all that hangs on them: leases, live sessions, their place at tunnels. */
final class ConnectorRemoval {
    private final Store store;
    private final Changes changes;
    private final Views views;
    private final Readiness readiness;
    private final SessionEnder sessions;
    private final IdentityProvider identity;

    ConnectorRemoval(
            Store store,
            Changes changes,
            Views views,
            Readiness readiness,
            SessionEnder sessions,
            IdentityProvider identity) {
        this.store = store;
        this.changes = changes;
        this.views = views;
        this.readiness = readiness;
        this.sessions = sessions;
        this.identity = identity;
    }

    /** A managed connector goes with its last tunnel; an external one has a credential to keep. */
    void withLastTunnel(Handle handle, Actor actor, String project, String id, Instant now) {
        store.connectors()
                .findIn(handle, project, id)
                .filter(connector -> connector.kind() == Connector.Kind.managed)
                .ifPresent(connector -> remove(handle, actor, connector, now));
    }

    void remove(Handle handle, Actor actor, StoredConnector connector, Instant now) {
        List<InstanceLease> leases = store.connectors().leases(handle, connector.id());
        for (StoredTunnel tunnel : store.tunnels().ofConnector(handle, connector.id())) {
            StoredTunnel freed =
                    readiness.settle(tunnel.switched(tunnel.enabled(), null)).next();
            store.tunnels().update(handle, freed);
            changes.observed(handle, freed.project(), "tunnel.updated", freed.id(), views.tunnel(freed), now);
            handle.afterCommit(() -> readiness.follow(freed));
        }
        identity.endCredential(handle, connector.id(), "connector deleted");
        store.connectors().delete(handle, connector.id());
        changes.removed(handle, actor, connector.project(), "connector.deleted", connector.id(), connector.name(), now);
        handle.afterCommit(() -> {
            leases.forEach(lease -> readiness.leaseEnded(lease.connector(), lease.instance()));
            sessions.endSessions(grant -> grant.connector().equals(connector.id()));
        });
    }
}
