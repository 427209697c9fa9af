package dev.porthole.server.control;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.TunnelRequest;
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

/** Create-or-reuse: a project has one tunnel for an endpoint, and asking again finds it. */
final class TunnelCreation {
    /** Of a tunnel that was made without an endpoint: HTTP's own port on the agent's computer. */
    private static final Endpoint UNNAMED_ENDPOINT = new Endpoint(Endpoint.Scheme.HTTP, "localhost", 80);

    private static final int LABEL_BYTES = 6;

    private final Store store;
    private final Access access;
    private final TunnelChanges changes;
    private final Readiness readiness;
    private final PortAllocation allocation;
    private final Quotas quotas;
    private final TunnelExpiry expiry;
    private final Idempotency idempotency;
    private final Scheduler scheduler;
    private final SecureRandom random;
    private final TunnelNames names;

    TunnelCreation(
            Store store,
            Access access,
            TunnelChanges changes,
            Readiness readiness,
            PortAllocation allocation,
            Quotas quotas,
            TunnelExpiry expiry,
            Scheduler scheduler,
            SecureRandom random) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.readiness = readiness;
        this.allocation = allocation;
        this.quotas = quotas;
        this.expiry = expiry;
        this.idempotency = new Idempotency(store);
        this.scheduler = scheduler;
        this.random = random;
        this.names = new TunnelNames(random);
    }

    /** Makes what the body asks for, or finds what there is. */
    Answer create(Call call) {
        TunnelRequest request = call.body(TunnelRequest.class);
        Endpoint endpoint = Optional.ofNullable(request.endpoint()).orElse(UNNAMED_ENDPOINT);
        Instant now = scheduler.now();
        FutureTime.require("expiresAt", request.expiresAt(), now);
        Map<String, String> metadata = TunnelMetadata.checked(Objects.requireNonNullElse(request.metadata(), Map.of()));
        Optional<Answer> there = store.read(handle -> asItIs(handle, call, request, endpoint));
        if (there.isPresent()) {
            return there.get();
        }
        return store.write(handle -> {
            StoredProject project = access.project(handle, call);
            return idempotency.once(handle, call, now, () -> {
                Optional<StoredTunnel> same = store.tunnels().findByEndpoint(handle, project.id(), endpoint);
                if (same.isPresent()) {
                    requireReached(call, same.get());
                    return changes.answer(200, kept(handle, call, same.get(), request, now));
                }
                Access.requireAll(call.principal());
                quotas.requireTunnel(handle, call, project.id());
                String connector = changes.connectorOf(handle, project.id(), request.connector());
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
                changes.tell(handle, call, "tunnel.created", made, now);
                handle.afterCommit(() -> expiry.watch(made));
                return changes.answer(201, made);
            });
        });
    }

    /**
     * The tunnel that the endpoint has already, if nothing of it changes: then nobody waits for the one who writes.
     * With an {@code Idempotency-Key} the answer has to be kept.
     */
    private Optional<Answer> asItIs(Handle handle, Call call, TunnelRequest request, Endpoint endpoint) {
        if (call.headers().containsKey("idempotency-key")) {
            return Optional.empty();
        }
        StoredProject project = access.project(handle, call);
        return store.tunnels()
                .findByEndpoint(handle, project.id(), endpoint)
                .filter(same -> !becomesKept(same, request))
                .map(same -> {
                    requireReached(call, same);
                    return changes.answer(200, same);
                });
    }

    private static boolean becomesKept(StoredTunnel same, TunnelRequest request) {
        return same.quick() && !Boolean.TRUE.equals(request.quick());
    }

    /** A quick share stays for good as soon as someone asks for its endpoint's tunnel, and not for a quick share. */
    private StoredTunnel kept(Handle handle, Call call, StoredTunnel same, TunnelRequest request, Instant now) {
        if (!becomesKept(same, request)) {
            return same;
        }
        StoredTunnel kept = same.kept().next();
        store.tunnels().update(handle, kept);
        changes.tell(handle, call, "tunnel.updated", kept, now);
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

    private String generatedLabel() {
        byte[] bits = new byte[LABEL_BYTES];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
