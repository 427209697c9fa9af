package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.Link;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TunnelListenTest {
    private static final Endpoint PORT_3000 = Endpoint.parse("3000");

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
    }

    @Test // B-B5
    void readyTunnelIsPrintedWithItsIdLabelAndConnector() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "127.0.0.1:3000");
        assertThat(command.awaitOut("Tunnel ready"))
                .matches("Tunnel ready after \\d+ sec: http://happy-panda-dancing\\.localhost:8080");
        assertThat(command.awaitOut("id:")).endsWith(" tun_1");
        assertThat(command.awaitOut("label:")).endsWith(" a1b2c3d4e5f6");
        assertThat(command.awaitOut("connector id:")).endsWith(" con_1");
        command.awaitErr("Press Ctrl+C to stop...");

        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-B10
    void certificateIsChosenForTheEndpointBeforeItIsShared() throws Exception {
        CompletableFuture<Integer> code =
                command.start("tunnel", "listen", "--endpoint", "https://127.0.0.1:8443", "--certificate", "accept");
        command.awaitOut("Tunnel ready");
        assertThat(porthole.config.config().get().endpointCertificate("https://localhost:8443"))
                .contains("accept");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @ParameterizedTest // B-B10
    @ValueSource(strings = {"https://localhost:8443 yes", "http://localhost:3000 accept"})
    void certificateThatIsNoneOrThatNobodyShowsIsWrongUse(String given) throws Exception {
        String[] words = given.split(" ", -1);
        CompletableFuture<Integer> code =
                command.start("tunnel", "listen", "--endpoint", words[0], "--certificate", words[1]);
        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        command.awaitErr("porthole: certificate: ");
    }

    @Test // B-E4
    void timeoutIsChosenForTheEndpointBeforeItIsSharedAndTheUsualOneIsNoChoice() throws Exception {
        for (String[] given : new String[][] {{"300s", "5m"}, {"30s", null}}) {
            CompletableFuture<Integer> code =
                    command.start("tunnel", "listen", "--endpoint", "127.0.0.1:3000", "--timeout", given[0]);
            command.awaitOut("Tunnel ready");
            assertThat(porthole.config
                            .config()
                            .get()
                            .endpointTimeout("http://localhost:3000")
                            .orElse(null))
                    .isEqualTo(given[1]);
            command.interrupt();
            assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
            open();
        }
    }

    @ParameterizedTest // B-E4
    @ValueSource(strings = {"localhost:3000 2h", "tcp://localhost:5432 5m"})
    void timeoutThatIsNoneOrForNoAnswersIsWrongUse(String given) throws Exception {
        String[] words = given.split(" ", -1);
        CompletableFuture<Integer> code =
                command.start("tunnel", "listen", "--endpoint", words[0], "--timeout", words[1]);
        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        command.awaitErr("porthole: timeout: ");
    }

    @Test // B-B6
    void ctrlCTurnsTheTunnelOffAndDoesNotDeleteIt() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000");
        command.awaitErr("Press Ctrl+C");
        command.interrupt();

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        command.awaitErr("Stopped: the tunnel is off and keeps its address.");
        assertThat(porthole.done).contains("closed stopTunnels=true").noneMatch(what -> what.startsWith("deleted"));
    }

    @Test // B-B6
    void tunnelIsOffBeforeStoppedIsSaidAndBeforeSignalsAreTheSystemsAgain() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "-o", "json");
        command.awaitOut("{\"event\":\"ready\"");
        command.interrupt();
        command.awaitOut("{\"event\":\"stopped\"");

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(porthole.done).containsSubsequence("closed stopTunnels=true", "signals given back");
    }

    @Test // B-B6
    void ctrlCBeforeTheTunnelIsReadyCancelsTheShare() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        porthole.hanging = hanging;
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000");
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        command.interrupt();

        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(porthole.done).containsSubsequence("share interrupted", "closed stopTunnels=true");
    }

    @Test // B-B6
    void differentLabelIsAskedForAndNoChangesNothing() throws Exception {
        porthole.tunnels.set(List.of(FakePorthole.ready(FakePorthole.tunnel("tun_1", "shop", PORT_3000, false))));
        CompletableFuture<Integer> code =
                command.piping("N\n").start("tunnel", "listen", "--endpoint", "LOCALHOST:3000", "--label", "blog");
        command.awaitErr("Press Ctrl+C");
        command.interrupt();

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.err()).contains("is called \"shop\". Call it \"blog\"? [y/N]");
        assertThat(porthole.done).noneMatch(what -> what.startsWith("updated"));
    }

    @Test // B-B6
    void differentLabelIsTakenAfterAYes() throws Exception {
        porthole.tunnels.set(List.of(FakePorthole.ready(FakePorthole.tunnel("tun_1", "shop", PORT_3000, false))));
        CompletableFuture<Integer> code =
                command.piping("y\n").start("tunnel", "listen", "--endpoint", "3000", "--label", "blog");
        command.awaitErr("Press Ctrl+C");
        command.interrupt();

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(porthole.done)
                .containsSubsequence("updated tun_1 label=blog", "shared http://localhost:3000 label=blog name=null");
    }

    @Test // B-B6
    void yesSkipsTheQuestion() throws Exception {
        porthole.tunnels.set(List.of(FakePorthole.ready(FakePorthole.tunnel("tun_1", "shop", PORT_3000, false))));
        CompletableFuture<Integer> code =
                command.start("tunnel", "listen", "--endpoint", "3000", "--label", "blog", "--yes");
        command.awaitErr("Press Ctrl+C");
        command.interrupt();

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.err()).doesNotContain("[y/N]");
        assertThat(porthole.done)
                .containsSubsequence("updated tun_1 label=blog", "shared http://localhost:3000 label=blog name=null");
    }

    @Test // B-B6
    void sameLabelAsksNothing() throws Exception {
        porthole.tunnels.set(List.of(FakePorthole.ready(FakePorthole.tunnel("tun_1", "shop", PORT_3000, false))));
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "--label", "shop");
        command.awaitErr("Press Ctrl+C");
        command.interrupt();

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.err()).doesNotContain("[y/N]");
    }

    @Test // B-B5
    void jsonIsOneObjectALineEachWithItsEvent() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "--output", "json");
        command.awaitOut("{\"event\":\"ready\"");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();

        List<JsonNode> events =
                command.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(events)
                .extracting(event -> event.get("event").asString())
                .containsExactly("stage", "created", "ready", "stopped");
        JsonNode ready = events.get(2);
        assertThat(ready.get("id").asString()).isEqualTo("tun_1");
        assertThat(ready.get("label").asString()).isEqualTo("a1b2c3d4e5f6");
        assertThat(ready.get("url").asString()).isEqualTo("http://happy-panda-dancing.localhost:8080");
        assertThat(ready.get("seconds").isNumber()).isTrue();
    }

    @Test // B-B13
    void regressionsShowAndRecoveriesToo() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "-o", "json");
        command.awaitOut("{\"event\":\"ready\"");
        Tunnel tunnel = FakePorthole.tunnel("tun_1", "a1b2c3d4e5f6", PORT_3000, true);

        porthole.link.set(new Link.Reconnecting("the server closed the connection", Instant.EPOCH));
        assertThat(command.awaitOut("{\"event\":\"reconnecting\"")).contains("the server closed the connection");
        porthole.link.set(new Link.Connected(1, null));
        command.awaitOut("{\"event\":\"ready\"");

        porthole.tunnels.set(List.of(
                new TunnelState(tunnel, true, TunnelState.Phase.ENDPOINT_DOWN, "nothing listens on localhost:3000")));
        assertThat(command.awaitOut("{\"event\":\"lost\"")).contains("nothing listens on localhost:3000");
        porthole.tunnels.set(List.of(FakePorthole.ready(tunnel)));
        command.awaitOut("{\"event\":\"ready\"");

        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void blockedHostIsSaidOnceWithWhatToChange() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "5173", "-o", "json");
        command.awaitOut("{\"event\":\"ready\"");
        Tunnel tunnel = FakePorthole.tunnel("tun_1", "a1b2c3d4e5f6", Endpoint.parse("5173"), true);
        BlockedHost vite = new BlockedHost("Vite", "server.allowedHosts in vite.config");

        porthole.tunnels.set(List.of(FakePorthole.ready(tunnel).with(vite)));
        assertThat(command.awaitOut("{\"event\":\"blocked_host\""))
                .contains("\"app\":\"Vite\"")
                .contains("Use --host-header localhost, or add the name to server.allowedHosts in vite.config.");
        porthole.tunnels.set(List.of(FakePorthole.ready(tunnel)));
        porthole.tunnels.set(List.of(FakePorthole.ready(tunnel).with(vite)));

        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.out().lines().filter(line -> line.contains("blocked_host")))
                .hasSize(1);
    }

    @Test // B-B6
    void tunnelThatIsTurnedOffElsewhereEndsTheCommand() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000");
        command.awaitErr("Press Ctrl+C");
        Tunnel off = FakePorthole.tunnel("tun_1", "a1b2c3d4e5f6", PORT_3000, false);
        porthole.tunnels.set(List.of(new TunnelState(off, true, TunnelState.Phase.STOPPED, "")));

        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.err()).contains("Stopped: the tunnel was turned off elsewhere.");
    }

    @ParameterizedTest // B-B10
    @ValueSource(
            strings = {"localhost", "localhost:0", "localhost:65536", "localhost:web", ":3000", "::1:3000", "ftp://a:1"
            })
    void badEndpointIsOneLineAndWrongUse(String endpoint) {
        assertThat(command.run("tunnel", "listen", "--endpoint", endpoint)).isEqualTo(2);
        assertThat(command.err().lines()).hasSize(1);
        assertThat(command.err()).contains("expected:");
        assertThat(command.opened).isEmpty();
    }

    @Test // B-A11
    void refusalEndsWithItsKindAndAnErrorEvent() {
        porthole.refusal = new PortholeException(Kind.UNREACHABLE, "tunnels.example.com does not answer.");
        assertThat(command.run("tunnel", "listen", "--endpoint", "3000", "-o", "json"))
                .isEqualTo(5);
        assertThat(command.json().get("event").asString()).isEqualTo("error");
        assertThat(command.json().get("kind").asString()).isEqualTo("unreachable");
        assertThat(command.err()).contains("tunnels.example.com does not answer.");
    }

    @Test // B-B6
    void tunnelThatAnotherProcessCarriesIsJoinedAndLeftOn() throws Exception {
        Tunnel tunnel = FakePorthole.tunnel("tun_1", "shop", PORT_3000, true);
        porthole.besides = FakePorthole.ready(tunnel);
        porthole.tunnels.set(List.of(FakePorthole.ready(tunnel)));
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000");
        command.awaitErr("Another Porthole of yours on this computer");
        assertThat(command.awaitOut("id:")).endsWith(" tun_1");
        porthole.tunnels.set(List.of(
                new TunnelState(tunnel, false, TunnelState.Phase.ENDPOINT_DOWN, "nothing listens on localhost:3000")));
        command.awaitErr("Not answering: nothing listens on localhost:3000");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        command.awaitErr("Stopped: the tunnel stays on: another process carries it.");
        assertThat(porthole.done)
                .contains("closed stopTunnels=false")
                .noneMatch(what -> what.startsWith("shared") || what.startsWith("stopped"));
    }

    @Test // B-B13
    void joinedTunnelThatIsNotReadyYetIsNotSaidToBe() throws Exception {
        Tunnel tunnel = FakePorthole.tunnel("tun_1", "shop", PORT_3000, true);
        porthole.besides = new TunnelState(tunnel, false, TunnelState.Phase.STARTING, "");
        porthole.tunnels.set(List.of(new TunnelState(tunnel, false, TunnelState.Phase.STARTING, "")));
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "-o", "json");
        command.awaitOut("{\"event\":\"joined\"");
        assertThat(command.out()).doesNotContain("\"ready\"");
        porthole.tunnels.set(List.of(FakePorthole.ready(tunnel)));
        command.awaitOut("{\"event\":\"ready\"");
        porthole.tunnels.set(List.of(new TunnelState(tunnel, false, TunnelState.Phase.STOPPED, "")));
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(command.awaitOut("{\"event\":\"stopped\"")).contains("turned off elsewhere");
    }
}
