package dev.porthole.server.control;

import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorRegistration;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Lease;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.store.InstanceLease;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredProject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Connectors, and the signs of life of the agents that run for them. */
final class ConnectorsResource implements Resource {
    /** How long a sign of life counts. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final String CONNECTORS = PROJECT + "/connectors";
    private static final String CONNECTOR = CONNECTORS + "/{connector}";
    private static final String INSTANCE = CONNECTOR + "/instances/{instance}";

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Views views;
    private final Readiness readiness;
    private final Quotas quotas;
    private final ConnectorRemoval removal;
    private final Scheduler scheduler;

    ConnectorsResource(
            Store store,
            Access access,
            Changes changes,
            Views views,
            Readiness readiness,
            Quotas quotas,
            ConnectorRemoval removal,
            Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.views = views;
        this.readiness = readiness;
        this.quotas = quotas;
        this.removal = removal;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        Output one = Output.one(200, Connector.class);
        return List.of(
                Route.get(
                        CONNECTORS,
                        Scope.CONNECTORS_READ,
                        "The project's connectors",
                        Output.page(Connector.class),
                        this::list),
                Route.get(CONNECTOR, Scope.CONNECTORS_READ, "One connector", one, this::get),
                new Route(
                        "PUT",
                        CONNECTORS + "/managed/{device}",
                        Scope.CONNECTORS_WRITE,
                        "Registers a device for the project; repeating it changes nothing",
                        ConnectorRegistration.class,
                        one,
                        this::register),
                Route.delete(
                        CONNECTOR,
                        Scope.CONNECTORS_WRITE,
                        "Removes a connector and ends its sessions; tunnels stay",
                        this::delete),
                new Route(
                        "PUT",
                        INSTANCE,
                        Scope.CONNECTORS_BEAT,
                        "A running agent's sign of life",
                        Heartbeat.class,
                        Output.one(200, Lease.class),
                        this::beat),
                Route.delete(INSTANCE, Scope.CONNECTORS_BEAT, "A running agent's farewell", this::farewell));
    }

    private Answer list(Call call) {
        Slice slice = call.slice();
        Instant now = scheduler.now();
        return Answer.ok(store.read(handle -> {
            StoredProject project = access.project(handle, call);
            Access.requireAll(call.principal());
            return Views.page(
                    store.connectors().list(handle, project.id(), Views.oneMore(slice)),
                    slice,
                    store.connectors().count(handle, project.id()),
                    connector -> new Slice.Place(connector.createdAt(), connector.id()),
                    connector -> views.connector(handle, connector, now));
        }));
    }

    private Answer get(Call call) {
        return Answer.ok(store.read(handle -> views.connector(handle, connector(handle, call), scheduler.now())));
    }

    private Answer register(Call call) {
        String name = Texts.line("name", call.body(ConnectorRegistration.class).name());
        String device = Texts.line("device", call.path("device"));
        Instant now = scheduler.now();
        return Answer.ok(store.write(handle -> {
            StoredProject project = access.project(handle, call);
            Optional<StoredConnector> known = store.connectors().findByDevice(handle, project.id(), device);
            if (known.isPresent() && known.get().name().equals(name)) {
                return views.connector(handle, known.get(), now);
            }
            String id = known.map(StoredConnector::id).orElseGet(() -> Ids.next("con"));
            if (known.isEmpty()) {
                quotas.requireConnector(handle, call, project.id());
            }
            if (known.isPresent()) {
                store.connectors().rename(handle, id, name);
            } else {
                store.connectors()
                        .insert(
                                handle,
                                new StoredConnector(
                                        id, project.id(), Connector.Kind.managed, name, device, null, null, now));
            }
            return told(handle, call, known.isPresent() ? "connector.updated" : "connector.created", id, now);
        }));
    }

    private Connector told(Handle handle, Call call, String type, String id, Instant now) {
        StoredConnector stored = store.connectors().find(handle, id).orElseThrow();
        Connector connector = views.connector(handle, stored, now);
        changes.deed(handle, call.actor(), stored.project(), type, id, connector, now);
        return connector;
    }

    private Answer delete(Call call) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            StoredConnector connector = connector(handle, call);
            Access.requireAll(call.principal());
            removal.remove(handle, call.actor(), connector, now);
        });
        return new Answer.NoContent();
    }

    private Answer beat(Call call) {
        Heartbeat heartbeat = call.body(Heartbeat.class);
        String version = Texts.line("agentVersion", heartbeat.agentVersion());
        String instance = Texts.line("instance", call.path("instance"));
        Instant now = scheduler.now();
        Instant until = now.plus(LEASE);
        String connector = store.write(handle -> {
            StoredConnector stored = connector(handle, call);
            boolean wasOnline = views.online(handle, stored.id(), now);
            store.connectors().beat(handle, new InstanceLease(stored.id(), instance, version, until), now);
            if (!wasOnline || !version.equals(stored.agentVersion())) {
                observed(handle, stored.id(), now);
            }
            handle.afterCommit(() -> readiness.leased(stored.id(), instance, until));
            return stored.id();
        });
        readiness.agentChanged(connector, instance);
        return Answer.ok(new Lease(until, now));
    }

    private Answer farewell(Call call) {
        String instance = call.path("instance");
        Instant now = scheduler.now();
        String connector = store.write(handle -> {
            StoredConnector stored = connector(handle, call);
            if (store.connectors().endLease(handle, stored.id(), instance) && !views.online(handle, stored.id(), now)) {
                observed(handle, stored.id(), now);
            }
            handle.afterCommit(() -> readiness.leaseEnded(stored.id(), instance));
            return stored.id();
        });
        readiness.agentChanged(connector, instance);
        return new Answer.NoContent();
    }

    private void observed(Handle handle, String id, Instant now) {
        StoredConnector fresh = store.connectors().find(handle, id).orElseThrow();
        changes.observed(handle, fresh.project(), "connector.updated", id, views.connector(handle, fresh, now), now);
    }

    private StoredConnector connector(Handle handle, Call call) {
        StoredProject project = access.project(handle, call);
        return store.connectors()
                .findIn(handle, project.id(), call.path("connector"))
                .filter(connector -> access.connectsFor(handle, call.principal(), connector.id()))
                .orElseThrow(() -> ProblemException.notFound("connector"));
    }
}
