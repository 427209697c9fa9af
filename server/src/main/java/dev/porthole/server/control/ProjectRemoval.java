package dev.porthole.server.control;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.Dependents;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredProject;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Removes projects with all that hangs on them: tunnels, connectors, keys, sessions, event streams. Audit stays. */
final class ProjectRemoval {
    private static final int SHOWN = 10;
    private static final Slice ALL = new Slice(null, Integer.MAX_VALUE);

    private final Store store;
    private final Changes changes;
    private final TunnelRemoval tunnels;
    private final ConnectorRemoval connectors;
    private final ApiKeys keys;
    private final SessionEnder sessions;
    private final EventStreams streams;

    ProjectRemoval(
            Store store,
            Changes changes,
            TunnelRemoval tunnels,
            ConnectorRemoval connectors,
            ApiKeys keys,
            SessionEnder sessions,
            EventStreams streams) {
        this.store = store;
        this.changes = changes;
        this.tunnels = tunnels;
        this.connectors = connectors;
        this.keys = keys;
        this.sessions = sessions;
        this.streams = streams;
    }

    /** What goes with a project: empty if nothing would be missed. */
    List<Dependents> dependents(Handle handle, String project) {
        Slice first = new Slice(null, SHOWN);
        return Stream.of(
                        new Dependents(
                                "tunnels",
                                store.tunnels().count(handle, project),
                                store.tunnels().list(handle, project, first).stream()
                                        .map(StoredTunnel::name)
                                        .toList()),
                        new Dependents(
                                "connectors",
                                store.connectors().count(handle, project),
                                store.connectors().list(handle, project, first).stream()
                                        .map(StoredConnector::name)
                                        .toList()),
                        new Dependents(
                                "keys",
                                store.keys().count(handle, project),
                                store.keys().list(handle, project, first).stream()
                                        .map(ApiKey::name)
                                        .toList()))
                .filter(some -> some.count() > 0)
                .toList();
    }

    void remove(Handle handle, Actor actor, StoredProject project, Instant now) {
        String id = project.id();
        String with = dependents(handle, id).stream()
                .map(some -> some.count() + " " + some.kind())
                .collect(Collectors.joining(", "));
        // Managed connectors go with their last tunnel.
        store.tunnels().list(handle, id, ALL).forEach(tunnel -> tunnels.remove(handle, actor, tunnel, now));
        store.connectors().list(handle, id, ALL).forEach(connector -> connectors.remove(handle, actor, connector, now));
        for (ApiKey key : store.keys().list(handle, id, ALL)) {
            keys.revoke(handle, key.id(), "its project was deleted");
        }
        store.projects().delete(handle, id);
        changes.noted(
                handle,
                actor,
                id,
                "project.deleted",
                id,
                project.name() + (with.isEmpty() ? "" : ", with " + with),
                now);
        handle.afterCommit(() -> {
            streams.endProject(id);
            sessions.endSessions(grant -> grant.project().equals(id));
        });
    }
}
