package dev.porthole.core;

import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorRequest;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.config.PortholeHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link ProjectConnectors} over the REST API. */
final class CoreConnectors implements ProjectConnectors {
    private static final Comparator<ConnectorInfo> ORDER = Comparator.comparing(ConnectorInfo::here)
            .reversed()
            .thenComparing(info -> info.connector().name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(info -> info.connector().id());

    private final Connections connections;
    private final ActiveProject project;
    private final PortholeHome home;

    /** Gives the active project's id, or says that there is none. */
    interface ActiveProject {
        String id() throws PortholeException;
    }

    CoreConnectors(Connections connections, ActiveProject project, PortholeHome home) {
        this.connections = connections;
        this.project = project;
        this.home = home;
    }

    @Override
    public List<ConnectorInfo> list() throws PortholeException {
        String active = project.id();
        return connections.call(connection -> {
            String device = home.deviceId();
            List<ConnectorInfo> all = new ArrayList<>();
            for (Connector connector : connection.client().connectors(active)) {
                Optional<AuditEntry> arrival = arrival(connection.client(), connector);
                all.add(new ConnectorInfo(
                        connector,
                        device.equals(connector.device()),
                        arrival.map(AuditEntry::at).orElse(null),
                        arrival.map(AuditEntry::address).orElse(null)));
            }
            all.sort(ORDER);
            return List.copyOf(all);
        });
    }

    /** The audit trail knows when and from where a connector's agent came. */
    private static Optional<AuditEntry> arrival(ControlPlaneClient client, Connector connector)
            throws IOException, InterruptedException {
        if (!connector.online()) {
            return Optional.empty();
        }
        AuditFilter arrivals = new AuditFilter(null, "session.connected", connector.id(), null, null);
        try {
            return client.audit(connector.project(), arrivals, null, 1).items().stream()
                    .findFirst();
        } catch (ProblemException notForUs) {
            // Who may see the connectors but not the trail sees them without.
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> names() throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().connectors(active).stream()
                .collect(Collectors.toUnmodifiableMap(Connector::id, Connector::name, (one, _) -> one)));
    }

    @Override
    public ConnectorConnection create(String name) throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().createConnector(active, new ConnectorRequest(name)));
    }

    @Override
    public ConnectorConnection connection(String connectorId) throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().connection(active, connectorId));
    }

    @Override
    public ConnectorConnection rotate(String connectorId) throws PortholeException {
        String active = project.id();
        return connections.call(connection -> connection.client().rotate(active, connectorId));
    }

    @Override
    public void delete(String connectorId) throws PortholeException {
        String active = project.id();
        boolean _ = connections.call(connection -> {
            connection.client().deleteConnector(active, connectorId);
            return true;
        });
    }
}
