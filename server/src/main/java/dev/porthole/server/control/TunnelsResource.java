package dev.porthole.server.control;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Ids;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tunnels: made or found by endpoint, changed, turned on and off, deleted. */
final class TunnelsResource implements Resource {
    static final String TUNNELS = PROJECT + "/tunnels";
    static final String TUNNEL = TUNNELS + "/{tunnel}";
    /** Of a tunnel that was made without an endpoint: HTTP's own port on the agent's computer. */
    private static final Endpoint UNNAMED_ENDPOINT = new Endpoint(Endpoint.Scheme.HTTP, "localhost", 80);

    private static final int LABEL_BYTES = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Views views;
    private final Readiness readiness;
    private final RouteTable routes;
    private final PublicPorts ports;
    private final PortAllocation allocation;
    private final Quotas quotas;
    private final TunnelRemoval removal;
    private final TunnelExpiry expiry;
    private final Idempotency idempotency;
    private final Scheduler scheduler;
    private final TunnelNames names = new TunnelNames(RANDOM);

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
        this.changes = changes;
        this.views = views;
        this.readiness = readiness;
        this.routes = routes;
        this.ports = ports;
        this.allocation = new PortAllocation(store, ports, RANDOM);
        this.quotas = quotas;
        this.removal = removal;
        this.expiry = expiry;
        this.idempotency = new Idempotency(store);
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
                        this::create),
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
        return answer(200, store.read(handle -> tunnel(handle, call)));
    }

    private Answer create(Call call) {
        TunnelRequest request = call.body(TunnelRequest.class);
        Endpoint endpoint = Optional.ofNullable(request.endpoint()).orElse(UNNAMED_ENDPOINT);
        Instant now = scheduler.now();
        FutureTime.require("expiresAt", request.expiresAt(), now);
        Map<String, String> metadata = TunnelMetadata.checked(Objects.requireNonNullElse(request.metadata(), Map.of()));
        return store.write(handle -> {
            StoredProject project = access.project(handle, call);
            return idempotency.once(handle, call, now, () -> {
                Optional<StoredTunnel> same = store.tunnels().findByEndpoint(handle, project.id(), endpoint);
                if (same.isPresent()) {
                    requireReached(call, same.get());
                    return answer(200, kept(handle, call, same.get(), request, now));
                }
                Access.requireAll(call.principal());
                quotas.requireTunnel(handle, call, project.id());
                String connector = ofProject(handle, project.id(), request.connector());
                StoredTunnel asked = new StoredTunnel(
                        Ids.next("tun"),
                        project.id(),
                        name(handle, request.name()),
                        request.label() == null ? generatedLabel() : Texts.line("label", request.label()),
                        endpoint,
                        Optional.ofNullable(request.hostHeader()).orElse(HostHeader.visitor()),
                        connector != null,
                        connector,
                        List.of(),
                        1,
                        now,
                        request.expiresAt(),
                        null,
                        null,
                        metadata,
                        call.person().orElse(null),
                        Boolean.TRUE.equals(request.quick()));
                StoredTunnel made = readiness.settle(
                        allocation.settle(handle, asked, request.address(), request.visibleInNetwork()));
                store.tunnels().insert(handle, made);
                tell(handle, call, "tunnel.created", made, now);
                handle.afterCommit(() -> expiry.watch(made));
                return answer(201, made);
            });
        });
    }

    /** A quick share stays for good as soon as someone asks for its endpoint's tunnel, and not for a quick share. */
    private StoredTunnel kept(Handle handle, Call call, StoredTunnel same, TunnelRequest request, Instant now) {
        if (!same.quick() || Boolean.TRUE.equals(request.quick())) {
            return same;
        }
        StoredTunnel kept = same.kept().next();
        store.tunnels().update(handle, kept);
        tell(handle, call, "tunnel.updated", kept, now);
        return kept;
    }

    private static void requireReached(Call call, StoredTunnel tunnel) {
        if (!Access.reachesTunnel(call.principal(), tunnel.id())) {
            Access.requireAll(call.principal());
        }
    }

    private String name(Handle handle, @Nullable String chosen) {
        if (chosen == null) {
            return names.fresh(name -> store.tunnels().nameTaken(handle, name));
        }
        String name = TunnelNames.chosen(chosen);
        if (store.tunnels().nameTaken(handle, name)) {
            throw ProblemException.conflict("name-taken", "The name is taken", "name: " + name, "name");
        }
        return name;
    }

    private static String generatedLabel() {
        byte[] bits = new byte[LABEL_BYTES];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    private Answer update(Call call) {
        TunnelUpdate wanted = call.body(TunnelUpdate.class);
        Instant now = scheduler.now();
        requireEnd(wanted, now);
        return answer(200, store.write(handle -> {
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
            tell(handle, call, "tunnel.updated", settled, now);
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
        String connector = Optional.ofNullable(ofProject(handle, before.project(), wanted.connector()))
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

    private @Nullable String ofProject(Handle handle, String project, @Nullable String connector) {
        if (connector != null
                && store.connectors().findIn(handle, project, connector).isEmpty()) {
            throw ProblemException.invalid("connector", "connector: not found (expected: one of the project's)");
        }
        return connector;
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

    private void tell(Handle handle, Call call, String type, StoredTunnel tunnel, Instant now) {
        changes.deed(handle, call.actor(), tunnel.project(), type, tunnel.id(), views.tunnel(tunnel), now);
        handle.afterCommit(() -> {
            routes.put(ports.route(tunnel));
            readiness.follow(tunnel);
        });
    }

    private StoredTunnel tunnel(Handle handle, Call call) {
        StoredProject project = access.project(handle, call);
        return store.tunnels()
                .findIn(handle, project.id(), call.path("tunnel"))
                .filter(tunnel -> Access.reachesTunnel(call.principal(), tunnel.id()))
                .orElseThrow(() -> ProblemException.notFound("tunnel"));
    }

    private Answer.Json answer(int status, StoredTunnel tunnel) {
        return new Answer.Json(status, views.tunnel(tunnel), Map.of("ETag", Versions.etag(tunnel)));
    }
}
