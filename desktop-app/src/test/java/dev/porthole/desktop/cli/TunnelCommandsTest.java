package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelCommandsTest {
    private static final String ID = "tun_0f3c1a2b4d5e6f70";

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void openWithOneTunnel() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
        porthole.tunnels.set(List.of(off()));
    }

    private static TunnelState off() {
        return new TunnelState(
                FakePorthole.tunnel(ID, "shop", Endpoint.parse("3000"), false), false, Phase.STOPPED, "");
    }

    @Test
    void createMakesATunnelAndCarriesNothing() {
        assertThat(command.run("tunnel", "create", "--endpoint", "4000", "--label", "blog", "--expires", "7d"))
                .isZero();
        assertThat(porthole.done)
                .contains("created http://localhost:4000 label=blog name=null connector=null expires")
                .contains("closed stopTunnels=false");
        assertThat(command.out()).contains("id:           tun_new", "http://happy-panda-dancing.localhost:8080");
    }

    @Test
    void createForAnEndpointThatHasATunnelSaysThatItIsAsItWas() {
        assertThat(command.run("tunnel", "create", "--endpoint", "3000", "--label", "blog"))
                .isZero();
        assertThat(command.err()).contains("it is as it was", "porthole tunnel update " + ID);
        assertThat(new CommandRun(porthole).run("tunnel", "create", "--endpoint", "3000", "-o", "json"))
                .isZero();
    }

    @Test
    void createQuietlyPrintsTheIdAlone() {
        assertThat(command.run("tunnel", "create", "--endpoint", "4000", "--quiet"))
                .isZero();
        assertThat(command.out()).isEqualToIgnoringNewLines("tun_new");
        assertThat(command.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, "tun_0f3c", "happy-panda-dancing", "HAPPY-PANDA-DANCING", "shop"})
    void tunnelIsNamedByItsIdNameOrLabel(String given) {
        assertThat(command.run("tunnel", "disable", given)).isZero();
        assertThat(porthole.done).contains("stopped " + ID);
    }

    @ParameterizedTest // B-B11
    @ValueSource(strings = {"tun_9", "tun", "blog"})
    void unknownTunnelIsNotFound(String given) {
        for (String verb : List.of("update --label x", "enable", "disable", "open", "qr")) {
            String[] words = ("tunnel " + verb + " " + given).split(" ", -1);
            assertThat(new CommandRun(porthole).run(words)).describedAs(verb).isEqualTo(4);
        }
    }

    @Test
    void nameOfSeveralIsNotGuessed() {
        porthole.tunnels.set(List.of(
                off(), FakePorthole.ready(FakePorthole.tunnel("tun_0f3c9", "shop", Endpoint.parse("4000"), true))));
        assertThat(command.run("tunnel", "disable", "shop")).isEqualTo(2);
        assertThat(command.err()).contains("2 are called so");
        assertThat(porthole.done).noneMatch(what -> what.startsWith("stopped"));
    }

    @Test // B-B11
    void updateChangesAllThatIsSaidInOneStep() {
        assertThat(command.run(
                        "tunnel",
                        "update",
                        "shop",
                        "--label",
                        "store",
                        "--endpoint",
                        "LOCALHOST:4000",
                        "--host-header",
                        "localhost",
                        "--expires",
                        "never"))
                .isZero();
        assertThat(porthole.done)
                .contains(
                        "changed " + ID + " label=store endpoint=http://localhost:4000 hostHeader=localhost keep=true");
    }

    @Test // B-B11
    void updateLeavesWhatIsNotSaid() {
        assertThat(command.run("tunnel", "update", "shop", "--expires", "2030-01-01"))
                .isZero();
        assertThat(porthole.done)
                .contains("changed " + ID + " label=null endpoint=null hostHeader=null keep=null expires");
    }

    @Test // B-B10, B-B11
    void updateOfNothingAndOfWhatCannotBeIsWrongUse() {
        assertThat(command.run("tunnel", "update", "shop")).isEqualTo(2);
        assertThat(command.run("tunnel", "update", "shop", "--endpoint", "localhost:0"))
                .isEqualTo(2);
        assertThat(command.run("tunnel", "update", "shop", "--expires", "soon")).isEqualTo(2);
        assertThat(command.run("tunnel", "update", "shop", "--host-header", "a b"))
                .isEqualTo(2);
        assertThat(command.err()).contains("changes: none", "soon (expected: a time such as 30m");
        assertThat(command.opened).isEmpty();
    }

    @Test
    void enableTurnsOnWhereAnExternalConnectorCarriesIt() {
        porthole.connectors().add("con_1", "builder", Connector.Kind.external, true, false);
        assertThat(command.run("tunnel", "enable", "shop")).isZero();
        assertThat(porthole.done).contains("enabled elsewhere " + ID);
    }

    @Test
    void enableOfWhatNobodyWouldCarrySaysWhatToRun() {
        assertThat(command.run("tunnel", "enable", "shop")).isEqualTo(1);
        assertThat(command.err())
                .contains("Nobody would carry " + ID, "Run: porthole tunnel listen --endpoint http://localhost:3000");
    }

    @Test
    void openOpensTheBrowserAndPrintsTheAddress() {
        assertThat(command.run("tunnel", "open", "shop")).isZero();
        assertThat(command.browsed).containsExactly(URI.create("http://happy-panda-dancing.localhost:8080"));
        assertThat(command.out()).isEqualToIgnoringNewLines("http://happy-panda-dancing.localhost:8080");
    }

    @Test
    void openWithoutABrowserStillPrintsTheAddress() {
        command.browserOpens = false;
        assertThat(command.run("tunnel", "open", "shop", "-o", "json")).isEqualTo(1);
        assertThat(command.json().get("opened").asBoolean()).isFalse();
    }

    @Test
    void qrIsDrawnInHalfBlocksWithItsMargin() {
        assertThat(command.run("tunnel", "qr", "shop")).isZero();
        List<String> lines = command.out().lines().toList();
        // Version 3 of ISO/IEC 18004 has 29 modules, and four around it on each side.
        assertThat(lines).hasSize((29 + 8 + 1) / 2).allMatch(line -> line.length() == 29 + 8);
        assertThat(lines.getFirst()).matches("█+");
        assertThat(command.err()).contains("http://happy-panda-dancing.localhost:8080");
        CommandRun json = new CommandRun(porthole);
        assertThat(json.run("tunnel", "qr", "shop", "-o", "json")).isZero();
        assertThat(json.json().get("rows")).hasSize(29);
        assertThat(json.json().get("rows").get(0).asString())
                .startsWith("#######")
                .endsWith("#######");
    }

    @Test
    void listQuietlyPrintsIds() {
        assertThat(command.run("tunnel", "list", "-q")).isZero();
        assertThat(command.out()).isEqualToIgnoringNewLines(ID);
    }

    @Test
    void listIsAsWideAsTheTerminalAndColoured() {
        assertThat(command.wide(84).run("tunnel", "list")).isZero();
        assertThat(command.out().lines())
                .allSatisfy(line -> assertThat(
                                line.replaceAll("\u001b\\[[0-9]*m", "").length())
                        .isLessThanOrEqualTo(84));
        assertThat(command.out())
                .contains("\u001b[2mstopped\u001b[0m", "http://happy-panda-dancing.localhost:8080  http://lo…")
                .contains("tun_0f3c1a2b…");
    }

    @Test
    void pipeGetsEachCellWholeAndNoColours() {
        assertThat(command.run("tunnel", "list")).isZero();
        assertThat(command.out())
                .contains(ID, "http://happy-panda-dancing.localhost:8080")
                .doesNotContain("\u001b", "…");
    }

    @Test
    void oldWordForTablesIsStillTaken() {
        assertThat(command.run("tunnel", "list", "--output", "text")).isZero();
        assertThat(command.out()).contains("STATE");
        assertThat(command.run("tunnel", "list", "--output", "xml")).isEqualTo(2);
        assertThat(command.err()).contains("xml (expected: table or json)");
    }
}
