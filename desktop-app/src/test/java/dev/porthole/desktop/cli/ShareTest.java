package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.SignIn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareTest {
    private static final URI OWN = URI.create("http://localhost:8080");

    @TempDir
    private Path folder;

    private FakePorthole porthole;
    private CommandRun command;

    @BeforeEach
    void open() {
        porthole = new FakePorthole(folder);
        command = new CommandRun(porthole);
    }

    private void shareAndStop(String... options) throws Exception {
        CompletableFuture<Integer> code = command.start(
                Stream.concat(Stream.of("share", "3000"), Stream.of(options)).toArray(String[]::new));
        command.awaitErr("Ready after");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-B5
    void addressAloneIsData() throws Exception {
        shareAndStop();
        assertThat(command.out()).isEqualTo("http://happy-panda-dancing.localhost:8080" + System.lineSeparator());
        assertThat(command.ownServer).isEmpty();
    }

    @Test // B-E12
    void tcpPortIsTwoWordsOrAnAddress() throws Exception {
        for (String[] words : new String[][] {{"tcp", "5432"}, {"tcp 5432"}, {"tcp://localhost:5432"}}) {
            open();
            CompletableFuture<Integer> code = command.start(
                    Stream.concat(Stream.of("share"), Stream.of(words)).toArray(String[]::new));
            command.awaitErr("Ready after");
            command.interrupt();
            assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(porthole.done).contains("shared tcp://localhost:5432 label=null name=null");
        }
        assertThat(new CommandRun(porthole).run("share", "tcp", "port")).isEqualTo(2);
        assertThat(new CommandRun(porthole).run("share", "3000", "4000")).isEqualTo(2);
    }

    @Test // T-L3
    void onlyLanMakesItVisibleInTheNetwork() throws Exception {
        shareAndStop("--lan");
        assertThat(porthole.done)
                .contains("shared http://localhost:3000 label=null name=null address=port visible=true");
        open();
        shareAndStop("--no-lan");
        assertThat(porthole.done).contains("shared http://localhost:3000 label=null name=null visible=false");
        open();
        shareAndStop();
        assertThat(porthole.done).contains("shared http://localhost:3000 label=null name=null");
    }

    @Test // B-B1
    void whoeverChoseNoServerGetsThisComputersOwnAndIsItsOwner() throws Exception {
        porthole.signIn.set(new SignIn.SignedOut());
        porthole.active.set(Optional.empty());
        shareAndStop();
        assertThat(porthole.done)
                .containsSubsequence(
                        "signed in as owner with code-for-challenge",
                        "switched to prj_web",
                        "shared http://localhost:3000 label=null name=null",
                        "closed stopTunnels=true");
        assertThat(command.ownServer).containsExactly("joined", "released");
    }

    @Test // B-B1
    void ownServerIsStartedAgainForItsSignedInOwner() throws Exception {
        porthole.signIn.set(new SignIn.SignedIn(OWN, FakePorthole.ADA, true, "in the keychain"));
        shareAndStop();
        assertThat(command.ownServer).containsExactly("joined", "released");
        assertThat(porthole.done).noneMatch(what -> what.startsWith("signed in"));
    }

    @Test // B-A11
    void chosenServerIsNotReplacedByThisComputersOwn() {
        porthole.signIn.set(new SignIn.SignedOut());
        assertThat(command.run("share", "3000", "--server", "tunnels.example.com"))
                .isEqualTo(3);
        assertThat(command.err()).contains("Not signed in. Run: porthole auth login");
        assertThat(command.ownServer).isEmpty();
    }

    @Test
    void hostHeaderIsTheVisitorsOrTheProgramsOwn() throws Exception {
        shareAndStop("--host-header", "localhost");
        assertThat(porthole.done).contains("shared http://localhost:3000 label=null name=null hostHeader=localhost");

        assertThat(command.run("share", "3000", "--host-header", "http://example.com"))
                .isEqualTo(2);
        assertThat(command.err())
                .contains("http://example.com")
                .contains("visitor")
                .contains("localhost");
    }

    @Test
    void hostHeaderIsAnyName() throws Exception {
        shareAndStop("--host-header", "Shop.test");
        assertThat(porthole.done).contains("shared http://localhost:3000 label=null name=null hostHeader=shop.test");
    }

    @Test // B-B10
    void folderIsSharedByItsRealPath() throws Exception {
        Path site = Files.createDirectory(folder.toRealPath().resolve("my site"));
        CompletableFuture<Integer> code = command.start("share", site + "/../my site/");
        command.awaitErr("Ready after");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(porthole.done).anyMatch(what -> what.startsWith("shared file:///") && what.contains("/my%20site "));

        assertThat(command.run("share", site + "/missing")).isEqualTo(2);
        assertThat(command.err()).contains("(expected: a folder that can be read)");
    }
}
