package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ConnectorConnection;
import dev.porthole.core.api.ConnectorRequest;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.desktop.NotifySocket;
import dev.porthole.desktop.cli.Main;
import dev.porthole.server.admin.AdminClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a service manager and a probe see it: agent and server are processes of their own. */
@Tag("tools")
class AgentServiceTest {
    private static final Pattern REQUEST_ID = Pattern.compile("\\(([0-9a-f]{16})\\)");

    @TempDir
    private Path folder;

    private Program server;
    private LocalApp app;
    private int port;
    private String url;
    private Map<String, String> credential;

    @BeforeEach
    void start() throws Exception {
        app = LocalApp.saying("from the service");
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
        ControlPlaneClient client = new ControlPlaneClient(
                ServerAddress.parse("localhost:" + port), Credentials.ofKey(key), "Porthole/test");
        String project = client.projects().getFirst().id();
        ConnectorConnection connection = client.createConnector(project, new ConnectorRequest("Build machine"));
        url = client.createTunnel(
                        project,
                        new TunnelRequest(
                                Endpoint.parse("localhost:" + app.port()),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                connection.connector().id(),
                                null))
                .value()
                .url();
        credential =
                Map.of("PORTHOLE_CONNECTOR_TOKEN", connection.credential(), "PORTHOLE_SERVER", "localhost:" + port);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        app.close();
    }

    private Program agent(Map<String, String> more, String... arguments) throws Exception {
        Map<String, String> environment = new java.util.HashMap<>(credential);
        environment.putAll(more);
        return Program.start(Main.class, folder.resolve("agent-home"), environment, arguments);
    }

    @Test // B-C1, B-E10
    void serviceManagerAndProbesHearHowItIs() throws Exception {
        String address = folder.resolve("notify").toString();
        try (NotifySocket systemd = NotifySocket.at(address);
                Program agent = agent(
                        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "1000000"), "agent", "--health-port", "0")) {
            String health = agent.await(" health: ").text();
            String probes = health.substring(health.indexOf("http://"), health.lastIndexOf("/health"));
            systemd.await("READY=1");
            systemd.await("STATUS=connected; 1 tunnel");
            systemd.await("WATCHDOG=1");
            agent.await("connected");
            assertThat(Visitor.get(probes, "/health/ready").text()).contains("\"ready\":true", "\"tunnels\":1");
            assertThat(Visitor.get(url, "/").text()).isEqualTo("from the service");

            server.close();
            systemd.await("STATUS=reconnecting");
            assertThat(Visitor.get(probes, "/health/ready").head().status()).isEqualTo(503);
            assertThat(Visitor.get(probes, "/health/live").head().status()).isEqualTo(200);
            systemd.await("WATCHDOG=1");

            agent.terminate();
            systemd.await("STOPPING=1");
            assertThat(agent.exitCode()).isZero();
        }
    }

    @Test // B-C1
    void serverThatIsAwayIsNoFailedStart() throws Exception {
        server.close();
        String address = folder.resolve("notify").toString();
        try (NotifySocket systemd = NotifySocket.at(address);
                Program _ = agent(Map.of("NOTIFY_SOCKET", address), "agent")) {
            systemd.await("READY=1");
            systemd.await("STATUS=waiting: the server at http://localhost:" + port + " can't be reached");
        }
    }

    @Test // B-D11
    void accessLineHasTheServersRequestId() throws Exception {
        try (Program agent = agent(Map.of(), "agent", "--requests")) {
            agent.await("connected");
            assertThat(Visitor.get(url, "/greet?token=planted").text()).isEqualTo("from the service");
            String ours = agent.await("request: GET /greet -> 200 in ").text();
            String theirs = server.await("GET /greet -> 200 in ").text();
            Matcher id = REQUEST_ID.matcher(ours);
            assertThat(id.find()).as(ours).isTrue();
            assertThat(theirs).contains(id.group(1));
            assertThat(agent.output() + server.output()).doesNotContain("planted");
        }
    }
}
