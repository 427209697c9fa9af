package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpTest {
    @TempDir
    private Path folder;

    private Path file;
    private ManyTunnels porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        file = folder.resolve("porthole.yml");
        porthole = new ManyTunnels(folder.resolve("home"));
        command = new CommandRun(porthole);
    }

    private void declare(String text) throws IOException {
        Files.writeString(file, text);
    }

    private CompletableFuture<Integer> up(String... more) {
        String[] arguments = {"up", "--file", file.toString()};
        return command.start(java.util.stream.Stream.of(arguments, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new));
    }

    private void endsWell(CompletableFuture<Integer> code) throws Exception {
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-B5
    void allAreSharedAndATableSaysWhere() throws Exception {
        declare("""
                tunnels:
                  web: {endpoint: 3000, label: Web shop, name: shop}
                  api: {endpoint: 4000, host-header: localhost}
                """);
        CompletableFuture<Integer> code = up();
        assertThat(command.awaitOut("TUNNEL")).matches("TUNNEL +STATE +ADDRESS +ENDPOINT");
        assertThat(command.awaitOut("web")).matches("web +ready +http://shop\\.localhost:8080 +http://localhost:3000");
        assertThat(command.awaitOut("api")).contains("ready", "http://localhost:4000");
        command.awaitErr("What you save in ");
        endsWell(code);
        assertThat(porthole.done)
                .contains(
                        "shared http://localhost:3000 label=Web shop name=shop",
                        "shared http://localhost:4000 label=api name=null hostHeader=localhost")
                .containsSubsequence("closed stopTunnels=true", "signals given back")
                .noneMatch(what -> what.startsWith("deleted"));
        assertThat(command.err().lines()).contains("web: Stopped: the tunnel is off and keeps its address.");
    }

    @Test // B-B5
    void jsonIsOneObjectALineEachWithItsTunnel() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}}");
        CompletableFuture<Integer> code = up("--output", "json");
        command.awaitOut("{\"event\":\"started\"");
        endsWell(code);
        List<JsonNode> events =
                command.out().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(events)
                .extracting(event -> event.get("event").asString())
                .containsExactly("created", "stage", "ready", "started", "stopped");
        assertThat(events.get(2).get("tunnel").asString()).isEqualTo("web");
        assertThat(events.get(2).get("url").asString()).isEqualTo("http://name-1.localhost:8080");
        assertThat(events.get(3).get("tunnels").get(0).get("state").asString()).isEqualTo("ready");
    }

    @Test
    void eachEventIsAsItsSchemaSays() throws Exception {
        porthole.has("tun_9", "old-name", "old", "3000");
        declare("tunnels: {web: {endpoint: 3000, name: new-name, github-app: {app-id: 1}}, api: {endpoint: 4000}}");
        porthole.waiting.put(Endpoint.parse("4000"), new CountDownLatch(1));
        CompletableFuture<Integer> code = up("--output", "json");
        command.awaitOut("{\"event\":\"started\"");
        declare("tunnels: {web: {endpoint: 3000, labl: x}}");
        command.awaitOut("{\"event\":\"file_refused\"");
        declare("tunnels: {web: {endpoint: 3000, label: x}, api: {endpoint: 4000}}");
        command.awaitOut("{\"event\":\"changed\"");
        porthole.updates.put("tun_9", new PortholeException(Kind.FAILED, "no"));
        declare("tunnels: {web: {endpoint: 3000, label: y}, api: {endpoint: 4000}}");
        command.awaitOut("{\"event\":\"edit_failed\"");
        endsWell(code);
        assertThat(command.out().lines())
                .allSatisfy(line ->
                        assertThat(JsonShapesTest.problems("up-event", line)).isEmpty());
        assertThat(command.out()).contains("\"event\":\"webhook\"", "\"event\":\"note\"", "\"state\":\"waiting\"");
    }

    @Test // B-B11
    void changedLabelIsAllThatIsAskedFor() throws Exception {
        declare("tunnels: {web: {endpoint: 3000, label: a}, api: {endpoint: 4000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        int before = porthole.done.size();

        declare("tunnels: {web: {endpoint: 3000, label: b}, api: {endpoint: 4000}}");
        assertThat(command.awaitOut("web: changed"))
                .isEqualTo("web: changed label: http://name-" + number("3000") + ".localhost:8080");
        assertThat(porthole.done.subList(before, porthole.done.size()))
                .containsExactly("updated " + id("3000") + " label=b");
        endsWell(code);
    }

    @Test // B-B11
    void changedEndpointKeepsTheTunnelAndItsAddress() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        int before = porthole.done.size();

        declare("tunnels: {web: {endpoint: 3001}}");
        assertThat(command.awaitOut("web: changed")).isEqualTo("web: changed endpoint: http://name-1.localhost:8080");
        assertThat(porthole.done.subList(before, porthole.done.size()))
                .containsExactly("updated tun_1 label=null endpoint=http://localhost:3001");
        endsWell(code);
    }

    @Test
    void eachKindOfEditAsksForJustThat() throws Exception {
        declare("tunnels: {web: {endpoint: https://localhost:3000, host-header: localhost, expires: 8h, timeout: 5m}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        int before = porthole.done.size();

        declare("tunnels: {web: {endpoint: https://localhost:3000, visible-in-network: true, certificate: accept}}");
        assertThat(command.awaitOut("web: changed"))
                .startsWith("web: changed certificate, timeout, host-header, address, visible-in-network, expires: ");
        assertThat(porthole.done.subList(before, porthole.done.size()))
                .containsExactly("showed tun_1 visitor", "reached tun_1 by port visible=true", "expires tun_1 never");
        assertThat(porthole.config.config().get().endpointCertificate("https://localhost:3000"))
                .contains("accept");
        assertThat(porthole.config.config().get().endpointTimeout("https://localhost:3000"))
                .isEmpty();
        endsWell(code);
    }

    @Test // B-B6
    void removedIsTurnedOffAndAddedIsShared() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        String api = id("4000");

        declare("tunnels: {web: {endpoint: 3000}, docs: {endpoint: 5000}}");
        command.awaitErr("api: Stopped: not declared any more; the tunnel is off and keeps its address.");
        command.awaitOut("docs: ready after ");
        assertThat(porthole.done).contains("stopped " + api).noneMatch(what -> what.startsWith("deleted"));
        assertThat(porthole.done.stream().filter(what -> what.startsWith("shared http://localhost:3000")))
                .hasSize(1);
        endsWell(code);
    }

    @Test
    void whatIsSavedWhileTheServerStartsCounts() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}}");
        porthole.meanwhile = () -> {
            try {
                declare("tunnels: {web: {endpoint: 3001}}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        assertThat(porthole.done).contains("shared http://localhost:3001 label=web name=null");
        endsWell(code);
    }

    @Test
    void brokenEditIsSaidAndWhatRunsRunsOn() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        int before = porthole.done.size();

        declare("tunnels: {web: {endpoint: 3000, labl: x}}");
        assertThat(command.awaitErr(file.toString())).contains(":1:33: tunnels.web: labl: unknown (expected: one of");
        command.awaitErr("Not applied: what ran before runs on");
        assertThat(porthole.done).hasSize(before);

        declare("tunnels: {web: {endpoint: 3000, label: x}}");
        command.awaitOut("web: changed label: ");
        endsWell(code);
    }

    @Test
    void refusedEditLeavesWhatRanAndSavingAgainTriesAgain() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        porthole.updates.put(
                "tun_1", new PortholeException(Kind.FAILED, "endpoint: http://localhost:3001 has a tunnel"));

        declare("tunnels: {web: {endpoint: 3001}}");
        command.awaitErr("web: Not changed: endpoint: http://localhost:3001 has a tunnel");
        porthole.updates.clear();
        declare("tunnels: {web: {endpoint: 3001}}\n");
        command.awaitOut("web: changed endpoint: ");
        endsWell(code);
    }

    @Test
    void oneFailureStopsNoOther() throws Exception {
        porthole.refusals.put(Endpoint.parse("4000"), new PortholeException(Kind.FAILED, "name: api is taken."));
        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("api: Not shared: name: api is taken.");
        assertThat(command.awaitOut("web")).contains("ready");
        assertThat(command.awaitOut("api")).contains("failed");

        // Saving tries again what failed.
        porthole.refusals.clear();
        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}}\n");
        command.awaitOut("api: ready after ");
        endsWell(code);
    }

    @Test // B-A11
    void whereNothingCouldBeSharedTheExitCodeSaysWhy() throws Exception {
        PortholeException away = new PortholeException(Kind.UNREACHABLE, "tunnels.example.com does not answer.");
        porthole.refusals.put(Endpoint.parse("3000"), away);
        porthole.refusals.put(Endpoint.parse("4000"), away);
        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}}");
        assertThat(up().get(10, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(command.err()).contains("porthole: None of the tunnels could be shared.");
    }

    @Test // B-B6
    void tunnelThatIsThereIsTakenWithItsNameAndGetsTheFilesLabel() throws Exception {
        porthole.has("tun_7", "happy-panda-dancing", "old", "3000");
        declare("tunnels: {web: {endpoint: 127.0.0.1:3000, name: shop, label: new, expires: 8h}}");
        CompletableFuture<Integer> code = up();
        assertThat(command.awaitErr("web: Note: "))
                .contains("the tunnel of http://localhost:3000 is named happy-panda-dancing and stays so, not shop");
        assertThat(command.awaitOut("web")).contains("http://happy-panda-dancing.localhost:8080");
        assertThat(porthole.done)
                .containsSubsequence(
                        "updated tun_7 label=new",
                        "expires tun_7",
                        "shared http://localhost:3000 label=new name=shop expires");
        endsWell(code);
    }

    @Test
    void nameOfAnotherTunnelIsSaidWithWhatToDo() throws Exception {
        porthole.has("tun_7", "shop", "old", "3000");
        declare("tunnels: {web: {endpoint: 3001, name: shop}}");
        assertThat(up().get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(command.err()).contains("porthole tunnel update tun_7 --endpoint http://localhost:3001");
        assertThat(porthole.done).noneMatch(what -> what.startsWith("shared") || what.startsWith("updated"));
    }

    @Test
    void editReachesATunnelThatStillWaitsForItsApp() throws Exception {
        CountDownLatch app = new CountDownLatch(1);
        porthole.waiting.put(Endpoint.parse("3000"), app);
        declare("tunnels: {web: {endpoint: 3000, label: a}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("web: Waiting: Nothing listens on localhost:3000.");
        assertThat(command.awaitOut("web")).contains("waiting");

        declare("tunnels: {web: {endpoint: 3000, label: b}}");
        command.awaitOut("web: changed label");
        app.countDown();
        command.awaitOut("web: ready after ");
        endsWell(code);
    }

    @Test // B-B6
    void ctrlCBeforeAnythingIsReadyCancels() throws Exception {
        porthole.waiting.put(Endpoint.parse("3000"), new CountDownLatch(1));
        declare("tunnels: {web: {endpoint: 3000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("web: Waiting: ");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(porthole.done)
                .containsSubsequence("share of http://localhost:3000 interrupted", "closed stopTunnels=true");
    }

    @Test // B-B6
    void turnedOffElsewhereStaysOffUntilItsNextEditAndTheLastOneEndsTheCommand() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        porthole.turnOffElsewhere(id("4000"));
        command.awaitErr("api: Stopped: the tunnel was turned off elsewhere.");

        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000, label: again}}");
        command.awaitOut("api: ready after ");
        porthole.turnOffElsewhere(id("4000"));
        porthole.turnOffElsewhere(id("3000"));
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-B13
    void lostConnectionIsSaidOnceForAll() throws Exception {
        declare("tunnels: {web: {endpoint: 3000}, api: {endpoint: 4000}}");
        CompletableFuture<Integer> code = up();
        command.awaitErr("What you save in ");
        porthole.link.set(new Link.Reconnecting("the server closed the connection", Instant.EPOCH));
        command.awaitErr("Connection lost: the server closed the connection.");
        porthole.link.set(new Link.Connected(1, null));
        command.awaitOut("web: ready after ");
        command.awaitOut("api: ready after ");
        endsWell(code);
        assertThat(command.err().lines().filter(line -> line.startsWith("Connection lost")))
                .hasSize(1);
    }

    @Test
    void fileOfAnotherServerIsRefusedAndItsProjectIsTakenForThisCall() throws Exception {
        declare("server: other.example\nproject: prj_api\ntunnels: {web: {endpoint: 3000}}");
        assertThat(up().get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(command.err())
                .contains("server: https://other.example, and you are signed in at https://tunnels.example.com."
                        + " Run: porthole auth login --server other.example");
        assertThat(command.opened)
                .singleElement()
                .satisfies(options -> assertThat(options.project()).isEqualTo("prj_api"));
        assertThat(porthole.done).noneMatch(what -> what.startsWith("shared"));
    }

    @Test
    void brokenFileIsWrongUseWithAllProblems() throws Exception {
        declare("tunnels:\n  web: {endpoint: 70000}\n  api: {endpoint: 1, x: 2}\n");
        assertThat(up().get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(command.err().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith(file + ":2:19: tunnels.web: endpoint: 70000 (expected: a port of 1-65535");
        assertThat(command.opened).isEmpty();
    }

    private String id(String endpoint) throws PortholeException {
        return porthole.listTunnels().stream()
                .map(state -> state.tunnel())
                .filter(tunnel -> tunnel.endpoint().equals(Endpoint.parse(endpoint)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private String number(String endpoint) throws PortholeException {
        return id(endpoint).substring("tun_".length());
    }
}
