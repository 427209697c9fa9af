package dev.porthole.server.control;

import dev.porthole.core.api.ApiKey;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelMove;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes a tunnel to another project. It keeps its id, name and address, and is off there until a connector of that
 * project carries it. Its keys come along, as long as their makers belong to that project.
 */
final class TunnelMovesResource implements Resource {
    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Views views;
    private final Readiness readiness;
    private final RouteTable routes;
    private final PublicPorts ports;
    private final Quotas quotas;
    private final ConnectorRemoval connectors;
    private final ApiKeys keys;
    private final SessionEnder sessions;
    private final Scheduler scheduler;

    TunnelMovesResource(
            Store store,
            Access access,
            Changes changes,
            Views views,
            Readiness readiness,
            RouteTable routes,
            PublicPorts ports,
            Quotas quotas,
            ConnectorRemoval connectors,
            ApiKeys keys,
            SessionEnder sessions,
            Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.views = views;
        this.readiness = readiness;
        this.routes = routes;
        this.ports = ports;
        this.quotas = quotas;
        this.connectors = connectors;
        this.keys = keys;
        this.sessions = sessions;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "POST",
                TunnelsResource.TUNNEL + "/move",
                Scope.TUNNELS_WRITE,
                "Takes a tunnel to another project; id, name and address stay",
                TunnelMove.class,
                Output.one(200, Tunnel.class),
                this::move));
    }

    private Answer move(Call call) {
        String target = call.body(TunnelMove.class).project();
        Instant now = scheduler.now();
        StoredTunnel moved = store.write(handle -> {
            StoredProject from = access.project(handle, call);
            StoredTunnel before = store.tunnels()
                    .findIn(handle, from.id(), call.path("tunnel"))
                    .filter(tunnel -> Access.reachesTunnel(call.principal(), tunnel.id()))
                    .orElseThrow(() -> ProblemException.notFound("tunnel"));
            Versions.require(call, before);
            StoredProject to = access.project(handle, call, target)
                    .orElseThrow(() ->
                            ProblemException.invalid("project", "project: not found (expected: one of the caller's)"));
            if (to.id().equals(from.id())) {
                return before;
            }
            requireRoom(handle, call, before, to);
            return move(handle, call, before, to, now);
        });
        return new Answer.Json(200, views.tunnel(moved), Map.of("ETag", Versions.etag(moved)));
    }

    private void requireRoom(Handle handle, Call call, StoredTunnel tunnel, StoredProject to) {
        store.tunnels().findByEndpoint(handle, to.id(), tunnel.endpoint()).ifPresent(other -> {
            throw ProblemException.conflict(
                    "endpoint-taken",
                    "Another tunnel has this endpoint",
                    "project: " + to.name() + " has " + other.label() + " for " + tunnel.endpoint()
                            + " (expected: a project without a tunnel for it)",
                    "project");
        });
        quotas.requireTunnelIn(handle, call, to.id());
        if (tunnel.port() != null) {
            ports.requireRoom(handle, store, to.id());
        }
    }

    private StoredTunnel move(Handle handle, Call call, StoredTunnel before, StoredProject to, Instant now) {
        readiness.distrust(before.id());
        StoredTunnel after = readiness.settle(before.movedTo(to.id())).next();
        store.tunnels().update(handle, after);
        Set<String> credentials = takeKeys(handle, call, before, to, now);
        changes.observed(handle, before.project(), "tunnel.deleted", before.id(), null, now);
        changes.observed(handle, to.id(), "tunnel.created", after.id(), views.tunnel(after), now);
        String way = before.project() + " to " + to.id();
        for (String project : List.of(before.project(), to.id())) {
            changes.noted(handle, call.actor(), project, "tunnel.moved", after.id(), way, now);
        }
        String connector = before.connector();
        handle.afterCommit(() -> {
            routes.put(ports.route(after));
            readiness.follow(after);
            // A session carries what it once announced: its agent comes back at once, without this tunnel.
            sessions.endSessions(grant -> grant.connector().equals(connector) || credentials.contains(grant.parent()));
        });
        if (connector != null && store.tunnels().ofConnector(handle, connector).isEmpty()) {
            connectors.withLastTunnel(handle, call.actor(), before.project(), connector, now);
        }
        return after;
    }

    /** Gives the keys whose sessions are over, whether they came along or not. */
    private Set<String> takeKeys(Handle handle, Call call, StoredTunnel tunnel, StoredProject to, Instant now) {
        Set<String> taken = new HashSet<>();
        for (ApiKey key : store.keys().ofTunnel(handle, tunnel.id())) {
            changes.observed(handle, tunnel.project(), "key.deleted", key.id(), null, now);
            if (store.members().role(handle, to.organization().id(), key.user()).isPresent()) {
                keys.moveTo(handle, key.id(), to.id());
                store.keys()
                        .findIn(handle, to.id(), key.id())
                        .ifPresent(moved -> changes.observed(handle, to.id(), "key.created", key.id(), moved, now));
            } else {
                keys.revoke(handle, key.id(), "its tunnel went to another project");
                changes.noted(
                        handle,
                        call.actor(),
                        tunnel.project(),
                        "key.deleted",
                        key.id(),
                        "its tunnel went to another project",
                        now);
            }
            taken.add(key.id());
        }
        return taken;
    }
}
