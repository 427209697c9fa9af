package dev.porthole.server.control;

import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal.ConnectorPrincipal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import dev.porthole.server.store.StoredProject;
import dev.porthole.server.store.StoredTunnel;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** An external connector's own desired state: all that its credential shows of the API. */
final class OwnConnectorResource implements Resource {
    private static final String OWN = API + "/connector";

    private final Store store;
    private final Views views;
    private final EventStreams streams;
    private final Scheduler scheduler;

    OwnConnectorResource(Store store, Views views, EventStreams streams, Scheduler scheduler) {
        this.store = store;
        this.views = views;
        this.streams = streams;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        OWN,
                        Scope.CONNECTOR_STATE,
                        "What the external connector that asks is to carry",
                        Output.one(200, ConnectorState.class),
                        this::state),
                Route.get(
                        OWN + "/events",
                        Scope.CONNECTOR_STATE,
                        "Changes of what the external connector that asks is to carry, as server-sent events",
                        Output.events(ProjectEvent.class),
                        this::follow));
    }

    private Answer state(Call call) {
        ConnectorPrincipal own = own(call);
        Instant now = scheduler.now();
        return Answer.ok(store.read(handle -> new ConnectorState(
                views.connector(handle, connector(handle, own), now),
                project(handle, own).toProject(),
                tunnels(handle, own).stream().map(views::tunnel).toList())));
    }

    private Answer follow(Call call) {
        ConnectorPrincipal own = own(call);
        return store.read(handle -> {
            StoredProject project = project(handle, own);
            long after = EventsResource.after(call, store.outbox().last(handle, project.id()));
            OwnEvents events = new OwnEvents(
                    own.connectorId(),
                    tunnels(handle, own).stream().map(StoredTunnel::id).collect(Collectors.toSet()));
            return streams.follow(project.id(), own.credential(), null, false, after, events);
        });
    }

    private List<StoredTunnel> tunnels(Handle handle, ConnectorPrincipal own) {
        return store.tunnels().ofConnector(handle, own.connectorId()).stream()
                .filter(StoredTunnel::enabled)
                .toList();
    }

    private StoredConnector connector(Handle handle, ConnectorPrincipal own) {
        return store.connectors()
                .find(handle, own.connectorId())
                .orElseThrow(() -> ProblemException.notFound("connector"));
    }

    private StoredProject project(Handle handle, ConnectorPrincipal own) {
        return store.projects().find(handle, own.projectId()).orElseThrow(() -> ProblemException.notFound("project"));
    }

    private static ConnectorPrincipal own(Call call) {
        if (call.principal() instanceof ConnectorPrincipal own) {
            return own;
        }
        throw ProblemException.of(
                403,
                "not-a-connector",
                "Only an external connector's credential has a connector of its own",
                "ask for one of a project's connectors instead");
    }
}
