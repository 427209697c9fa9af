package dev.porthole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.Options;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.config.PortholeHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders through the façade: named by their user, and by nobody else. */
class FolderSharingTest {
    @TempDir
    private Path temporary;

    private TestServer server;
    private Path site;
    private final ManualTime time = new ManualTime();
    private final List<Porthole> opened = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        site = Files.createDirectory(temporary.toRealPath().resolve("my site"));
        Files.writeString(site.resolve("index.html"), "<p>mine</p>");
    }

    @AfterEach
    void stop() throws Exception {
        for (Porthole porthole : opened) {
            porthole.close();
        }
        server.close();
    }

    @Test // B-B5, B-B6, B-B8
    void oneFolderIsOneTunnelHoweverItIsNamed() throws Exception {
        Porthole porthole = signedIn("home");
        Files.createSymbolicLink(temporary.resolve("link"), site);
        TunnelState first = porthole.share(ShareRequest.of(Shareable.folder(site)), FolderSharingTest::silent);
        Endpoint dotted = Shareable.parse(temporary + "/./my site/../my site/");
        Endpoint linked = Shareable.parse(temporary.resolve("link").toString());
        assertThat(dotted).isEqualTo(linked).isEqualTo(first.tunnel().endpoint());
        TunnelState again = porthole.share(ShareRequest.of(linked), FolderSharingTest::silent);
        assertThat(again.tunnel().id()).isEqualTo(first.tunnel().id());
        assertThat(server.edge.nextSession().get("tun_1", "/").text()).isEqualTo("<p>mine</p>");
    }

    @Test // B-B10
    void whatIsNoFolderIsRefusedBeforeAnyoneIsAsked() throws Exception {
        Porthole porthole = signedIn("home");
        Path missing = temporary.toRealPath().resolve("missing");
        Endpoint gone = Endpoint.parse(missing.toUri().toString());
        assertThatThrownBy(() -> porthole.share(ShareRequest.of(gone), FolderSharingTest::silent))
                .isInstanceOfSatisfying(
                        PortholeException.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(Kind.WRONG_USE))
                .hasMessage("folder: " + missing + " (expected: a folder that can be read)");
        Path file = site.resolve("index.html");
        assertThatThrownBy(() -> Shareable.folder(file)).isInstanceOf(InvalidEndpointException.class);
        assertThat(server.events).noneMatch(event -> event.startsWith("create"));
    }

    @ParameterizedTest // B-B10
    @ValueSource(strings = {"./missing", "/missing", "../missing/deeper", "file:///missing"})
    void aFolderThatIsNotThereIsSaidInOneLine(String typed) {
        assertThatThrownBy(() -> Shareable.parse(typed))
                .isInstanceOf(InvalidEndpointException.class)
                .hasMessageStartingWith("folder: ")
                .hasMessageContaining("(expected: a folder that can be read)");
    }

    @Test
    void anAddressIsNoFolder() {
        assertThat(Shareable.parse("3000")).isEqualTo(Endpoint.parse("localhost:3000"));
        assertThat(Shareable.parse("https://10.0.0.5:8443")).isEqualTo(Endpoint.parse("https://10.0.0.5:8443"));
        assertThatThrownBy(() -> Shareable.parse("nothing"))
                .isInstanceOf(InvalidEndpointException.class)
                .hasMessageStartingWith("endpoint: nothing");
        assertThat(Shareable.parse(".").isFolder()).isTrue();
    }

    @Test // T-W11: a server's tunnel is no reason to open a folder
    void aFolderThatItsUserDidNotShareHereIsNotServed() throws Exception {
        TunnelState shared = signedIn("home").share(ShareRequest.of(Shareable.folder(site)), FolderSharingTest::silent);
        Porthole elsewhere = signedIn("other-home");
        assertThatThrownBy(() -> elsewhere.enable(shared.tunnel().id(), FolderSharingTest::silent))
                .isInstanceOf(PortholeException.class)
                .hasMessage("The folder " + site + " was not shared from this computer. Share the folder itself to"
                        + " allow it.");
        assertThat(elsewhere.running().get()).isEmpty();
    }

    @Test // T-W11
    void aServerThatAnswersWithAFolderIsNotBelieved() throws Exception {
        Porthole porthole = signedIn("home");
        server.answersWith = Shareable.folder(site);
        assertThatThrownBy(() ->
                        porthole.share(ShareRequest.of(Endpoint.parse("localhost:3000")), FolderSharingTest::silent))
                .isInstanceOf(PortholeException.class)
                .hasMessageContaining("the server answered with file:///")
                .hasMessageContaining("(expected: http://localhost:3000)");
        assertThat(porthole.running().get()).isEmpty();
    }

    @Test // T-W11, B-B11
    void aFolderThatIsNamedForARunningTunnelIsServedAndAnotherIsNot() throws Exception {
        Porthole porthole = signedIn("home");
        TunnelState state = porthole.share(ShareRequest.of(Endpoint.parse("localhost:9")), FolderSharingTest::silent);
        TunnelState changed = porthole.update(state.tunnel().id(), null, Shareable.folder(site));
        assertThat(changed.tunnel().url()).isEqualTo(state.tunnel().url());
        var session = server.edge.nextSession();
        assertThat(session.get("tun_1", "/").text()).isEqualTo("<p>mine</p>");

        Path other = Files.createDirectory(site.resolve("private"));
        server.answersWith = Shareable.folder(other);
        String id = state.tunnel().id();
        assertThatThrownBy(() -> porthole.update(id, "label", null)).isInstanceOf(PortholeException.class);
        assertThat(session.get("tun_1", "/").text()).isEqualTo("<p>mine</p>");
    }

    @Test // B-A3, T-W11
    void aSharedFolderIsCarriedAgainAfterARestart() throws Exception {
        Porthole first = signedIn("home");
        first.keepTunnels();
        TunnelState _ = first.share(ShareRequest.of(Shareable.folder(site)), FolderSharingTest::silent);
        server.edge.nextSession().roundTrip();
        assertThat(first.close(false)).isEmpty();
        Porthole second = open("home");
        second.keepTunnels();
        AgentFixture.await(second.running(), running -> !running.isEmpty());
        assertThat(server.edge.nextSession().get("tun_1", "/").text()).isEqualTo("<p>mine</p>");
    }

    private static void silent(ShareProgress unused) {}

    private Porthole signedIn(String home) throws Exception {
        Porthole porthole = open(home);
        SignIn.SignedIn _ = porthole.signInAsOwner(server.uri(), server.control::ownerCode);
        return porthole;
    }

    private Porthole open(String name) throws IOException, PortholeException {
        PortholeHome home = PortholeHome.in(temporary.resolve(name));
        Files.createDirectories(home.data());
        Path secrets = home.data().resolve("secrets.json");
        if (!Files.exists(secrets)) {
            // So that no test asks this computer's keychain.
            Files.writeString(secrets, "{}");
        }
        Porthole porthole = PortholeCore.open(home, Options.of("test"), time);
        opened.add(porthole);
        return porthole;
    }
}
