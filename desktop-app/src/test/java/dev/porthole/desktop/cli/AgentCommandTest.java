package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandTest {
    private static final String CREDENTIAL = "phc_planted-credential";

    @TempDir
    private Path folder;

    private CommandRun command;

    @BeforeEach
    void open() {
        command = new CommandRun(new FakePorthole(folder));
    }

    private void refuses(String why, String... args) {
        assertThat(command.run(args)).isEqualTo(2);
        assertThat(command.err()).contains(why).doesNotContain(CREDENTIAL).doesNotContain("Exception");
        assertThat(command.out()).isEmpty();
    }

    @Test // B-C1
    void withoutCredentialOrServerItSaysWhatIsMissing() {
        refuses(
                "credential: none (expected: PORTHOLE_CONNECTOR_TOKEN or --token-file FILE)",
                "agent",
                "--server",
                "localhost:1");
        open();
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("server: none (expected: --server ADDRESS or PORTHOLE_SERVER)", "agent");
    }

    @Test // T-L5, B-B10
    void badAddressesAreOneLine() {
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("http", "agent", "--server", "http://tunnels.example.com");
        open();
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("70000", "agent", "--server", "localhost:1", "--allow", "localhost:70000");
    }

    @Test // T-C6
    void fileThatHoldsNoCredentialIsNamedAndNotShown() throws Exception {
        Path file = Files.writeString(folder.resolve("credential"), CREDENTIAL + " and more");
        refuses(file + ": holds no credential", "agent", "--server", "localhost:1", "--token-file", file.toString());
        open();
        refuses("none: can't be read", "agent", "--server", "localhost:1", "--token-file", folder.resolve("none") + "");
    }

    @Test // B-A8
    void whileNobodyAnswersItWaitsAndStopsWhenItIsToldTo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        command.environment.put("PORTHOLE_SERVER", "localhost:" + port);
        CompletableFuture<Integer> code = command.start("agent", "--output", "json");
        assertThat(command.awaitOut("{\"event\":\"waiting\"")).contains("can't be reached");
        command.interrupt();
        assertThat(code.get(1, TimeUnit.SECONDS)).isZero();
        assertThat(command.out()).contains("{\"event\":\"stopped\"").doesNotContain(CREDENTIAL);
        assertThat(command.porthole.done).containsExactly("signals given back");
    }

    @Test // B-D11
    void logIsTextOrOneObjectALineAndItsLevelAndZoneAreChosen() throws Exception {
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        command.environment.put("PORTHOLE_SERVER", "localhost:1");
        CompletableFuture<Integer> json =
                command.start("agent", "--log-format", "json", "--log-level", "warn", "--time-zone", "+01:00");
        assertThat(command.awaitErr("{"))
                .matches("\\{\"time\":\"[0-9T:.-]+\\+01:00\",\"level\":\"warn\",\"event\":\"waiting\",\"message\":\"the"
                        + " server at .*");
        command.interrupt();
        assertThat(json.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.err()).as("an end that was asked for is no warning").doesNotContain("stopped");
        assertThat(command.out()).isEmpty();
        open();
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("time zone: Mars", "agent", "--server", "localhost:1", "--time-zone", "Mars");
        open();
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("--log-level", "agent", "--server", "localhost:1", "--log-level", "loud");
    }

    @Test // B-E10
    void probesAreAnsweredOnAPortOfLoopback() throws Exception {
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        command.environment.put("PORTHOLE_SERVER", "localhost:1");
        CompletableFuture<Integer> code = command.start("agent", "--health-port", "0", "-o", "json");
        String told = command.awaitOut("{\"event\":\"health\"");
        assertThat(told).contains("\"detail\":\"http://127.0.0.1:");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            open();
            command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
            command.environment.put("PORTHOLE_SERVER", "localhost:1");
            assertThat(command.run("agent", "--health-port", "" + taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(command.err()).contains("can't be listened on");
        }
        open();
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("health port: 70000 (expected: 0-65535)", "agent", "--server", "localhost:1", "--health-port", "70000");
        open();
        command.environment.put("PORTHOLE_CONNECTOR_TOKEN", CREDENTIAL);
        refuses("health bind: everywhere", "agent", "--server", "localhost:1", "--health-bind", "everywhere");
    }
}
