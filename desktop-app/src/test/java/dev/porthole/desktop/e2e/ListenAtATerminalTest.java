package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.Tunnel;
import dev.porthole.desktop.cli.Main;
import dev.porthole.server.admin.AdminClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code porthole tunnel listen} as a person has it: at a terminal, with a line at the bottom, and Ctrl+C. */
@Tag("tools")
class ListenAtATerminalTest {
    private static final String CTRL_C = "\u0003";

    @TempDir
    private Path folder;

    private Program server;
    private ControlPlaneClient client;
    private String key;
    private LocalApp app;
    private int port;

    @BeforeEach
    void start() throws Exception {
        app = LocalApp.saying("hello");
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
        try (AdminClient admin = AdminClient.connect(data)) {
            key = admin.token("ada", null);
        }
        client = new ControlPlaneClient(
                ServerAddress.parse("localhost:" + port), Credentials.ofKey(key), "Porthole/test");
    }

    @AfterEach
    void stop() throws Exception {
        server.signal("CONT");
        server.close();
        app.close();
    }

    private PseudoTerminal listen(int columns) throws Exception {
        return PseudoTerminal.start(
                columns,
                Main.class,
                Map.of(
                        "PORTHOLE_HOME",
                        folder.resolve("home").toString(),
                        "PORTHOLE_SERVER",
                        "localhost:" + port,
                        "PORTHOLE_API_KEY",
                        key),
                "tunnel",
                "listen",
                "--endpoint",
                "127.0.0.1:" + app.port());
    }

    private Tunnel tunnel() throws Exception {
        return client.tunnels(client.projects().getFirst().id()).getFirst();
    }

    @Test // B-B6, B-D11
    void lineAtTheBottomFollowsWhatHappensAndIsGoneAtTheEnd() throws Exception {
        try (PseudoTerminal terminal = listen(100)) {
            terminal.await("Tunnel ready after ");
            terminal.await("no requests yet");
            String url = tunnel().url();
            assertThat(Visitor.get(url, "/greet").text()).isEqualTo("hello");
            String line = terminal.await("1 visitor  last ");
            assertThat(line).contains("\u001b[32mready\u001b[0m", "requests/s");
            terminal.await("GET /greet -> 200 in ");
            terminal.resize(30);
            // Cut where the terminal ends, at once.
            terminal.await("\u2026");
            terminal.type(CTRL_C);
            terminal.await("Stopping... Ctrl+C again quits at once.");
            String end = terminal.await("Stopped: the tunnel is off and keeps its address.");
            assertThat(end).doesNotContain("requests/s");
            assertThat(terminal.exitCode()).isZero();
            assertThat(tunnel().enabled()).isFalse();
        }
    }

    @Test // B-B6
    void secondCtrlCQuitsAtOnceThoughTheServerDoesNotAnswer() throws Exception {
        try (PseudoTerminal terminal = listen(80)) {
            terminal.await("Tunnel ready after ");
            terminal.await("no requests yet");
            server.signal("STOP");
            terminal.type(CTRL_C);
            terminal.await("Stopping... Ctrl+C again quits at once.");
            Instant asked = Instant.now();
            terminal.type(CTRL_C);
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(1));
            assertThat(terminal.screen()).doesNotContain("Stopped:");
        }
    }
}
