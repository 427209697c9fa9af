package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorConnection.Snippet;
import dev.porthole.core.api.ConnectorRequest;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.desktop.cli.Main;
import dev.porthole.server.admin.AdminClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An external connector from its making to its visitors: server and agent are processes of their own. */
class ExternalConnectorTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private Program server;
    private ControlPlaneClient client;
    private String project;
    private LocalApp app;
    private int port;

    @BeforeEach
    void start() throws Exception {
        app = LocalApp.saying("from the build machine");
        Path data = folder.resolve("data");
        server = Program.start(
                dev.porthole.server.Main.class,
                folder.resolve("server-home"),
                Map.of("PORTHOLE_ADMIN_USER", "ada", "PORTHOLE_ADMIN_PASSWORD", "a moth in relay seventy"),
                "--data-dir",
                data.toString(),
                "--port",
                "0");
        String listening = server.await("listening on ").text();
        port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
        String key;
        try (AdminClient admin = AdminClient.connect(data)) {
            key = admin.token("ada", null);
        }
        client = new ControlPlaneClient(
                ServerAddress.parse("localhost:" + port), Credentials.ofKey(key), "Porthole/test");
        project = client.projects().getFirst().id();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        app.close();
    }

    private ConnectorConnection made() throws Exception {
        return client.createConnector(project, new ConnectorRequest("Build machine"));
    }

    private Tunnel tunnel(String endpoint, ConnectorConnection carrier) throws Exception {
        return client.createTunnel(
                        project,
                        new TunnelRequest(
                                Endpoint.parse(endpoint),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                carrier.connector().id(),
                                null))
                .value();
    }

    /** The variables of the environment file's snippet. */
    private static Map<String, String> environment(ConnectorConnection connection) {
        Map<String, String> variables = new HashMap<>();
        connection.snippets().stream()
                .filter(snippet -> snippet.kind().equals("environment"))
                .flatMap((Snippet snippet) -> snippet.text().lines())
                .filter(line -> !line.startsWith("#"))
                .forEach(line ->
                        variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return variables;
    }

    private Program agent(Map<String, String> environment, String... more) throws Exception {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "agent";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return Program.start(Main.class, folder.resolve("agent-home"), environment, arguments);
    }

    private String visit(Tunnel tunnel) throws Exception {
        return Visitor.get(tunnel.url(), "/").text();
    }

    @Test // B-C1, B-C3, T-I8
    void pastedSnippetServesUntilItsCredentialIsRotatedAndTheNewOneGoesOn() throws Exception {
        ConnectorConnection connection = made();
        Tunnel tunnel = tunnel("localhost:" + app.port(), connection);
        ConnectorConnection fresh;
        try (Program agent = agent(environment(connection))) {
            agent.await("recognised: connector Build machine");
            agent.await("carries: " + tunnel.url());
            agent.await("connected");
            assertThat(visit(tunnel)).isEqualTo("from the build machine");
            assertThat(client.connection(project, connection.connector().id())
                            .connector()
                            .online())
                    .isTrue();

            Instant asked = Instant.now();
            fresh = client.rotate(project, connection.connector().id());
            Program.Line ended = agent.await("disconnected");
            Instant logged =
                    Instant.parse(ended.text().substring(0, ended.text().indexOf(' ')));
            assertThat(Duration.between(asked, logged)).isLessThan(AT_ONCE);
            agent.await("porthole: The credential is refused by http://localhost:" + port);
            assertThat(agent.exitCode()).isEqualTo(3);
            assertThat(agent.output()).doesNotContain("phc_").doesNotContain("Exception");
        }
        try (Program agent = agent(environment(fresh))) {
            agent.await("connected");
            assertThat(visit(tunnel)).isEqualTo("from the build machine");
            assertThat(client.tunnel(project, tunnel.id()).url()).isEqualTo(tunnel.url());
            agent.terminate();
            assertThat(agent.exitCode()).isZero();
            agent.await("stopped");
        }
        assertThat(client.audit(project, new AuditFilter(null, "session.*", null, null, null), null)
                        .items())
                .extracting(AuditEntry::actorName)
                .contains("Build machine");
        assertThat(server.output()).doesNotContain(connection.credential()).doesNotContain(fresh.credential());
    }

    @Test // B-B9, B-B11, T-W11
    void agentFollowsWhatItIsToCarryAndKeepsToWhatItsOperatorAllows() throws Exception {
        ConnectorConnection connection = made();
        Tunnel allowed = tunnel("127.0.0.1:" + app.port(), connection);
        Path file = Files.writeString(folder.resolve("credential"), connection.credential() + "\n");
        try (LocalApp forbidden = LocalApp.saying("not for visitors");
                Program agent = agent(
                        Map.of("PORTHOLE_SERVER", connection.server()),
                        "--token-file",
                        file.toString(),
                        "--allow",
                        "localhost:" + app.port())) {
            agent.await("connected");
            assertThat(visit(allowed)).isEqualTo("from the build machine");
            Tunnel other = tunnel("localhost:" + forbidden.port(), connection);
            agent.await("declined: " + other.url());
            assertThat(forbidden.requests()).isEmpty();

            client.updateTunnel(project, allowed.id(), TunnelUpdate.disable(), null);
            agent.await("drops: " + allowed.url());
            client.updateTunnel(
                    project,
                    allowed.id(),
                    TunnelUpdate.enable(connection.connector().id()),
                    null);
            agent.await("carries: " + allowed.url());
            assertThat(visit(allowed)).isEqualTo("from the build machine");
        }
    }
}
