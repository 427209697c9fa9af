package dev.porthole.server.control;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import dev.porthole.server.store.StoredTunnel;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tunnels: made or found by endpoint, changed, turned on and off, deleted. */
final class TunnelsResource implements Resource {
    static final String TUNNELS = PROJECT + "/tunnels";
    static final String TUNNEL = TUNNELS + "/{tunnel}";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Access access;
    private final Views views;
    private final Readiness readiness;
    private final PortAllocation allocation;
    private final TunnelChanges changes;
    private final TunnelCreation creation;
    private final TunnelRemoval removal;
    private final TunnelExpiry expiry;
    private final Scheduler scheduler;

    TunnelsResource(
            Store store,
            Access access,
            Changes changes,
            Views views,
            Readiness readiness,
            RouteTable routes,
            PublicPorts ports,
            Quotas quotas,
            TunnelRemoval removal,
            TunnelExpiry expiry,
            Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.views = views;
        this.readiness = readiness;
        this.allocation = new PortAllocation(store, ports, RANDOM);
        this.changes = new TunnelChanges(store, changes, views, readiness, routes, ports);
        this.creation = new TunnelCreation(
                store, access, this.changes, readiness, allocation, quotas, expiry, scheduler, RANDOM);
        this.removal = removal;
        this.expiry = expiry;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        Output one = Output.one(200, Tunnel.class);
        return List.of(
                Route.get(TUNNELS, Scope.TUNNELS_READ, "The project's tunnels", Output.page(Tunnel.class), this::list),
                new Route(
                        "POST",
                        TUNNELS,
                        Scope.TUNNELS_WRITE,
                        "Makes a tunnel, or answers 200 with the one that the endpoint has",
                        TunnelRequest.class,
                        Output.one(201, Tunnel.class),
                        creation::create),
                Route.get(TUNNEL, Scope.TUNNELS_READ, "One tunnel", one, this::get),
                new Route(
                        "PATCH",
                        TUNNEL,
                        Scope.TUNNELS_WRITE,
                        "Changes a tunnel; what is absent stays",
                        TunnelUpdate.class,
                        one,
                        this::update),
                Route.delete(
                        TUNNEL,
                        Scope.TUNNELS_WRITE,
                        "Deletes a tunnel, and with its last one a connector",
                        this::delete));
    }

    private Answer list(Call call) {
        Slice slice = call.slice();
        return Answer.ok(store.read(handle -> {
            StoredProject project = access.project(handle, call);
            if (call.principal() instanceof Principal.KeyPrincipal key && key.tunnelId() != null) {
                return only(store.tunnels().findIn(handle, project.id(), key.tunnelId()));
            }
            return Views.page(
                    store.tunnels().list(handle, project.id(), Views.oneMore(slice)),
                    slice,
                    store.tunnels().count(handle, project.id()),
                    tunnel -> new Slice.Place(tunnel.createdAt(), tunnel.id()),
                    views::tunnel);
        }));
    }

    /** What a tunnel's key sees. */
    private Page<Tunnel> only(Optional<StoredTunnel> tunnel) {
        List<Tunnel> items = tunnel.map(views::tunnel).stream().toList();
        return new Page<>(items, items.size(), null);
    }

    private Answer get(Call call) {
        return changes.answer(200, store.read(handle -> tunnel(handle, call)));
    }

    private Answer update(Call call) {
        TunnelUpdate wanted = call.body(TunnelUpdate.class);
        Instant now = scheduler.now();
        requireEnd(wanted, now);
        return changes.answer(200, store.write(handle -> {
            StoredTunnel before = tunnel(handle, call);
            Versions.require(call, before);
            StoredTunnel after = allocation.settle(
                    handle, changed(handle, before, wanted), wanted.address(), wanted.visibleInNetwork());
            if (after.equals(before)) {
                return before;
            }
            if (!after.endpoint().equals(before.endpoint()) || !Objects.equals(after.port(), before.port())) {
                readiness.distrust(after.id());
            }
            StoredTunnel settled = readiness.settle(after).next();
            store.tunnels().update(handle, settled);
            changes.tell(handle, call, deed(before, settled), "tunnel.updated", settled, now);
            if (!Objects.equals(settled.expiresAt(), before.expiresAt())) {
                handle.afterCommit(() -> expiry.watch(settled));
            }
            return settled;
        }));
    }

    private StoredTunnel changed(Handle handle, StoredTunnel before, TunnelUpdate wanted) {
        String label = wanted.label() == null ? before.label() : Texts.line("label", wanted.label());
        Endpoint endpoint = Optional.ofNullable(wanted.endpoint()).orElse(before.endpoint());
        store.tunnels()
                .findByEndpoint(handle, before.project(), endpoint)
                .filter(other -> !other.id().equals(before.id()))
                .ifPresent(other -> {
                    throw ProblemException.conflict(
                            "endpoint-taken",
                            "Another tunnel has this endpoint",
                            "endpoint: " + endpoint + " is " + other.label() + "'s (expected: one without a tunnel)",
                            "endpoint");
                });
        String connector = Optional.ofNullable(changes.connectorOf(handle, before.project(), wanted.connector()))
                .orElse(before.connector());
        boolean enabled = Optional.ofNullable(wanted.enabled()).orElse(before.enabled());
        if (enabled && !before.enabled() && connector == null) {
            throw ProblemException.invalid("connector", "connector: missing (expected: who will carry the tunnel)");
        }
        HostHeader hostHeader = Optional.ofNullable(wanted.hostHeader()).orElse(before.hostHeader());
        Instant end = Boolean.TRUE.equals(wanted.keep())
                ? null
                : wanted.expiresAt() == null ? before.expiresAt() : wanted.expiresAt();
        Map<String, String> metadata =
                wanted.metadata() == null ? before.metadata() : TunnelMetadata.checked(wanted.metadata());
        StoredTunnel after = before.described(label, endpoint, hostHeader)
                .switched(enabled, connector)
                .noted(metadata, end);
        boolean keep = Boolean.TRUE.equals(wanted.keep()) || wanted.label() != null || wanted.endpoint() != null;
        return keep ? after.kept() : after;
    }

    private static void requireEnd(TunnelUpdate wanted, Instant now) {
        FutureTime.require("expiresAt", wanted.expiresAt(), now);
        if (Boolean.TRUE.equals(wanted.keep()) && wanted.expiresAt() != null) {
            throw ProblemException.invalid("keep", "keep: true (expected: without expiresAt)");
        }
    }

    private Answer delete(Call call) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            StoredTunnel tunnel = tunnel(handle, call);
            Versions.require(call, tunnel);
            removal.remove(handle, call.actor(), tunnel, now);
        });
        return new Answer.NoContent();
    }

    /** What the audit trail calls a change: on and off are what people look for in it. */
    private static String deed(StoredTunnel before, StoredTunnel after) {
        if (before.enabled() == after.enabled()) {
            return "tunnel.updated";
        }
        return after.enabled() ? "tunnel.enabled" : "tunnel.disabled";
    }

    private StoredTunnel tunnel(Handle handle, Call call) {
        StoredProject project = access.project(handle, call);
        return store.tunnels()
                .findIn(handle, project.id(), call.path("tunnel"))
                .filter(tunnel -> Access.reachesTunnel(call.principal(), tunnel.id()))
                .orElseThrow(() -> ProblemException.notFound("tunnel"));
    }
}
