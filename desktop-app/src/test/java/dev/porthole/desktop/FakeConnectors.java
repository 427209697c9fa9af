package dev.porthole.desktop;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ProjectConnectors;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Connectors in memory: what a server would say of them. */
public final class FakeConnectors implements ProjectConnectors {
    /** What a credential looks like that was made now. */
    public static final String CREDENTIAL = "pc_4bQm8zX1Vw7sT0rK2yLhJd5fNcPe9aGu";

    private final FakePorthole porthole;
    private final List<ConnectorInfo> all = new ArrayList<>();
    private int made;

    FakeConnectors(FakePorthole porthole) {
        this.porthole = porthole;
    }

    /** This computer's own, online, with these tunnels (ids). */
    public ConnectorInfo thisDevice(String... tunnels) {
        return add(connector(Connector.Kind.managed, "ada-laptop", true, List.of(tunnels)), true);
    }

    /** Somebody else's, or a headless one. */
    public ConnectorInfo other(Connector.Kind kind, String name, boolean online, String... tunnels) {
        return add(connector(kind, name, online, List.of(tunnels)), false);
    }

    private Connector connector(Connector.Kind kind, String name, boolean online, List<String> tunnels) {
        return new Connector(
                "con_" + ++made,
                FakePorthole.WEB_SHOP.id(),
                kind,
                name,
                kind == Connector.Kind.managed ? "dev_" + made : null,
                online,
                online ? FakePorthole.NOW : FakePorthole.NOW.minus(Duration.ofDays(3)),
                "0.1.0",
                tunnels);
    }

    private synchronized ConnectorInfo add(Connector connector, boolean here) {
        ConnectorInfo info = new ConnectorInfo(
                connector,
                here,
                connector.online() ? FakePorthole.NOW.minus(Duration.ofHours(2)) : null,
                connector.online() ? "203.0.113.7" : null);
        all.add(info);
        return info;
    }

    @Override
    public synchronized List<ConnectorInfo> list() throws PortholeException {
        porthole.failIfAsked();
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
        porthole.calls.add("create connector " + name);
        porthole.failIfAsked();
        Connector connector = other(Connector.Kind.external, name, false).connector();
        porthole.somethingIsNew();
        return connection(connector, CREDENTIAL);
    }

    @Override
    public ConnectorConnection connection(String connectorId) throws PortholeException {
        porthole.calls.add("connection of " + connectorId);
        porthole.failIfAsked();
        return connection(find(connectorId), "");
    }

    @Override
    public ConnectorConnection rotate(String connectorId) throws PortholeException {
        porthole.calls.add("rotate " + connectorId);
        porthole.failIfAsked();
        return connection(find(connectorId), CREDENTIAL);
    }

    @Override
    public synchronized void delete(String connectorId) throws PortholeException {
        porthole.calls.add("delete connector " + connectorId);
        porthole.failIfAsked();
        all.removeIf(info -> info.connector().id().equals(connectorId));
    }

    private synchronized Connector find(String id) throws PortholeException {
        return all.stream()
                .map(ConnectorInfo::connector)
                .filter(connector -> connector.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new PortholeException(Kind.NOT_FOUND, "connector: not found"));
    }

    private static ConnectorConnection connection(Connector connector, String credential) {
        String server = FakePorthole.SERVER.toString();
        @Nullable String prefix = CREDENTIAL.substring(0, 8);
        String variables = "PORTHOLE_SERVER=" + server + "\n"
                + (credential.isEmpty()
                        ? "# PORTHOLE_CONNECTOR_TOKEN: rotate to reveal a new one; the current one cannot be shown\n"
                        : "PORTHOLE_CONNECTOR_TOKEN=" + credential + "\n");
        List<Snippet> snippets = List.of(
                new Snippet("cli", "Command line", "shell", "porthole agent --server '" + server + "'\n"),
                new Snippet("environment", "Environment file", "ini", variables),
                new Snippet("systemd", "systemd unit", "shell", "sudo systemctl enable porthole-agent\n"),
                new Snippet("docker", "Docker", "shell", "docker run --detach --name porthole-agent\n"),
                new Snippet("compose", "Docker Compose", "yaml", "services:\n  porthole-agent:\n"),
                new Snippet("kubernetes", "Kubernetes", "yaml", "apiVersion: apps/v1\nkind: Deployment\n"),
                new Snippet("curl", "curl", "shell", "curl --fail '" + server + "/api/v1/connector'\n"));
        return new ConnectorConnection(
                connector, credential, prefix, FakePorthole.NOW.minus(Duration.ofMinutes(4)), server, snippets);
    }
}
