package dev.porthole.server.control;

import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorRequest;
import dev.porthole.core.api.Ids;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredProject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** External connectors: made, shown and rotated. A credential is in the answer that made it and in no other. */
final class ExternalConnectorsResource implements Resource {
    private static final String CONNECTORS = PROJECT + "/connectors";
    private static final String CONNECTOR = CONNECTORS + "/{connector}";

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Views views;
    private final Quotas quotas;
    private final IdentityProvider identity;
    private final ConnectorConnections connections;
    private final Idempotency idempotency;
    private final Scheduler scheduler;

    ExternalConnectorsResource(
            Store store,
            Access access,
            Changes changes,
            Views views,
            Quotas quotas,
            IdentityProvider identity,
            ConnectorConnections connections,
            Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.views = views;
        this.quotas = quotas;
        this.identity = identity;
        this.connections = connections;
        this.idempotency = new Idempotency(store);
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        CONNECTORS,
                        Scope.CONNECTORS_WRITE,
                        "Makes an external connector and shows its credential, once",
                        ConnectorRequest.class,
                        Output.one(201, ConnectorConnection.class),
                        this::create),
                Route.get(
                        CONNECTOR + "/connection",
                        Scope.CONNECTORS_READ,
                        "How an external connector's agent connects, without the credential",
                        Output.one(200, ConnectorConnection.class),
                        this::show),
                new Route(
                        "POST",
                        CONNECTOR + "/rotate",
                        Scope.CONNECTORS_WRITE,
                        "Ends an external connector's credential with its sessions, and shows a fresh one, once",
                        null,
                        Output.one(200, ConnectorConnection.class),
                        this::rotate));
    }

    private Answer create(Call call) {
        String name = Texts.line("name", call.body(ConnectorRequest.class).name());
        Instant now = scheduler.now();
        return store.write(handle -> {
            StoredProject project = access.project(handle, call);
            AtomicReference<@Nullable ConnectorConnection> made = new AtomicReference<>();
            Answer kept = idempotency.once(handle, call, now, () -> {
                Access.requireAll(call.principal());
                quotas.requireConnector(handle, call, project.id());
                StoredConnector connector = new StoredConnector(
                        Ids.next("con"), project.id(), Connector.Kind.external, name, null, null, null, now);
                store.connectors().insert(handle, connector);
                made.set(withFreshCredential(handle, call, connector, "connector.created", now));
                // What is kept for a repetition has no secret: nothing but hashes is stored.
                return Answer.created(connections.of(handle, connector, "", now));
            });
            ConnectorConnection fresh = made.get();
            return fresh == null ? kept : Answer.created(fresh);
        });
    }

    private Answer show(Call call) {
        Instant now = scheduler.now();
        return Answer.ok(store.read(handle -> connections.of(handle, external(handle, call), "", now)));
    }

    private Answer rotate(Call call) {
        Instant now = scheduler.now();
        return Answer.ok(store.write(
                handle -> withFreshCredential(handle, call, external(handle, call), "connector.rotated", now)));
    }

    private ConnectorConnection withFreshCredential(
            Handle handle, Call call, StoredConnector connector, String deed, Instant now) {
        if (call.principal() instanceof Principal.UserPrincipal user && user.isApp()) {
            // The credential would outlive what the person allowed the program.
            throw ProblemException.of(
                    403,
                    "not-for-programs",
                    "A program of somebody else's makes no credentials",
                    "do it yourself, signed in to the console");
        }
        String credential = identity.rotateCredential(handle, connector.id(), call.principal());
        Connector shown = views.connector(handle, connector, now);
        changes.deed(handle, call.actor(), connector.project(), deed, connector.id(), shown, now);
        return connections.of(handle, connector, credential, now);
    }

    private StoredConnector external(Handle handle, Call call) {
        StoredProject project = access.project(handle, call);
        StoredConnector connector = store.connectors()
                .findIn(handle, project.id(), call.path("connector"))
                .filter(found -> Access.reachesConnector(call.principal(), found.id()))
                .orElseThrow(() -> ProblemException.notFound("connector"));
        if (connector.kind() != Connector.Kind.external) {
            throw ProblemException.of(
                    400,
                    "managed-connector",
                    "A managed connector has no credential of its own",
                    connector.name() + " connects by its user's sign-in: sign in on that machine instead"
                            + " (porthole auth login)");
        }
        return connector;
    }
}
