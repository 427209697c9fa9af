package dev.porthole.desktop.cli;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.PortholeException;
import dev.porthole.core.ProjectConnectors;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Connectors in memory. */
final class FakeConnectors implements ProjectConnectors {
    /** What a credential looks like that was made now. */
    static final String CREDENTIAL = "phc_4bQm8zX1Vw7sT0rK2yLhJd5fNcPe9aGuQm8zX1Vw7sT";

    private final FakePorthole porthole;
    final List<ConnectorInfo> all = new ArrayList<>();

    FakeConnectors(FakePorthole porthole) {
        this.porthole = porthole;
    }

    ConnectorInfo add(String id, String name, Connector.Kind kind, boolean online, boolean here) {
        Connector connector = new Connector(
                id,
                "prj_web",
                kind,
                name,
                here ? "dev_1" : null,
                online,
                online ? Instant.EPOCH : null,
                "1.2.3",
                List.of("tun_1"));
        ConnectorInfo info =
                new ConnectorInfo(connector, here, online ? Instant.EPOCH : null, online ? "203.0.113.7" : null);
        all.add(info);
        return info;
    }

    @Override
    public List<ConnectorInfo> list() throws PortholeException {
        porthole.refuse();
        return List.copyOf(all);
    }

    @Override
    public Map<String, String> names() throws PortholeException {
        return list().stream()
                .collect(Collectors.toMap(
                        info -> info.connector().id(), info -> info.connector().name()));
    }

    @Override
    public ConnectorConnection create(String name) throws PortholeException {
        porthole.refuse();
        porthole.done.add("made connector " + name);
        return connection(add("con_new", name, Connector.Kind.external, false, false), CREDENTIAL);
    }

    @Override
    public ConnectorConnection connection(String connectorId) throws PortholeException {
        porthole.refuse();
        porthole.done.add("showed " + connectorId);
        return connection(all.getFirst(), "");
    }

    @Override
    public ConnectorConnection rotate(String connectorId) throws PortholeException {
        porthole.refuse();
        porthole.done.add("rotated " + connectorId);
        return connection(all.getFirst(), CREDENTIAL);
    }

    @Override
    public void delete(String connectorId) throws PortholeException {
        porthole.refuse();
        porthole.done.add("deleted " + connectorId);
    }

    private static ConnectorConnection connection(ConnectorInfo info, String credential) {
        String shown = credential.isEmpty() ? "" : "PORTHOLE_CONNECTOR_TOKEN=" + credential + "\n";
        return new ConnectorConnection(
                info.connector(),
                credential,
                CREDENTIAL.substring(0, 12),
                null,
                "https://tunnels.example.com",
                List.of(
                        new Snippet("cli", "Command line", "shell", shown + "porthole agent\n"),
                        new Snippet(
                                "environment",
                                "Environment file",
                                "ini",
                                "PORTHOLE_SERVER=https://tunnels.example.com\n" + shown)));
    }
}
