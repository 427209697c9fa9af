package dev.porthole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.Options;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.config.PortholeHome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "I have my own public URL", against a server over HTTP and the wire. */
class OwnUrlTest {
    private static final URI OWN = URI.create("https://shop.example.com");

    @TempDir
    Path folder;

    private TestServer server;
    private Endpoint site;
    private final ManualTime time = new ManualTime();
    private final List<Porthole> opened = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        Path shared = Files.createDirectory(folder.toRealPath().resolve("site"));
        Files.writeString(shared.resolve("index.html"), "hello");
        site = Shareable.folder(shared);
    }

    @AfterEach
    void stop() throws Exception {
        for (Porthole porthole : opened) {
            porthole.close();
        }
        server.close();
    }

    // B-A12
    @Test
    void choosingItDisconnectsFirstAndThenKeepsIt() throws Exception {
        Porthole porthole = signedIn(null);
        TunnelState shared = shared(porthole);
        List<Boolean> carriedWhenKept = new ArrayList<>();
        try (var _ = porthole.ownUrls().subscribe(all -> {
            if (!all.isEmpty()) {
                carriedWhenKept.add(!porthole.running().get().isEmpty());
            }
        })) {
            porthole.useOwnUrl(site, OWN);
        }

        assertThat(server.events).endsWith("disable " + shared.tunnel().id());
        assertThat(carriedWhenKept).containsExactly(false);
        assertThat(porthole.publicStatus(shared.tunnel().id()).connected()).isFalse();
        assertThat(porthole.publicStatus(shared.tunnel().id()).publicUrl()).isEqualTo(OWN.toString());
    }

    // B-A3, B-A12
    @Test
    void itHoldsOverARestartAndNothingConnectsByItself() throws Exception {
        Porthole first = signedIn(null);
        first.keepTunnels();
        shared(first);
        first.useOwnUrl(site, OWN);
        first.close();
        int before = server.events.size();

        Porthole second = open(null);
        second.keepTunnels();
        AgentFixture.await(second.tunnels(), all -> !all.isEmpty());

        assertThat(second.ownUrls().get()).containsEntry(site, new OwnUrl(OWN, false));
        assertThat(second.tunnels().get().getFirst().phase()).isEqualTo(Phase.STOPPED);
        assertThat(server.events.subList(before, server.events.size())).noneMatch(it -> it.startsWith("enable"));
    }

    // B-A12
    @Test
    void switchingBackConnectsAlsoWithACredentialThatIsKept() throws Exception {
        Porthole porthole = signedIn(null);
        TunnelState shared = shared(porthole);
        porthole.useOwnUrl(site, OWN);

        TunnelState again = porthole.enable(shared.tunnel().id(), OwnUrlTest::silent);

        assertThat(again.phase()).isEqualTo(Phase.READY);
        assertThat(porthole.ownUrls().get()).isEmpty();
        assertThat(server.events).endsWith("enable " + shared.tunnel().id());
        assertThat(porthole.publicStatus(shared.tunnel().id()).publicUrl())
                .isEqualTo(shared.tunnel().url());
    }

    // B-A13
    @Test
    void whatIsSetFromOutsideTakesThePlaceOfWhatIsKept() throws Exception {
        Porthole porthole = signedIn("https://outside.example.com");
        TunnelState shared = shared(porthole);
        assertThat(porthole.ownUrls().get())
                .as("nobody chose it for this endpoint")
                .isEmpty();

        porthole.useOwnUrl(site, OWN);

        URI outside = URI.create("https://outside.example.com");
        assertThat(porthole.publicUrlFromOutside()).contains(outside);
        assertThat(porthole.ownUrls().get()).containsEntry(site, new OwnUrl(outside, true));
        assertThat(porthole.publicStatus(shared.tunnel().id()).publicUrl()).isEqualTo(outside.toString());
        assertThat(porthole.config().config().get().ownUrls())
                .as("kept for later")
                .containsValue(OWN.toString());
    }

    // B-A13
    @Test
    void statusSaysWhatIsReachedAndNoSecret() throws Exception {
        Porthole porthole = signedIn(null);
        TunnelState shared = shared(porthole);

        PublicStatus status = porthole.publicStatus(shared.tunnel().id());

        assertThat(status.connected()).isTrue();
        assertThat(status.publicUrl()).isEqualTo(shared.tunnel().url());
        assertThat(PublicStatus.class.getRecordComponents())
                .extracting(part -> part.getName())
                .containsExactly("connected", "publicUrl", "hasCredential");
    }

    // B-A12
    @Test
    void whatIsNoAddressIsRefusedInOneLine() {
        assertThat(OwnUrl.parse(" shop.example.com ")).isEqualTo(OWN);
        for (String wrong : List.of("", "ftp://shop.example.com", "https://", "https://ada:secret@shop.example.com")) {
            assertThatThrownBy(() -> OwnUrl.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: an address such as https://shop.example.com");
        }
    }

    private TunnelState shared(Porthole porthole) throws PortholeException {
        return porthole.share(ShareRequest.of(site), OwnUrlTest::silent);
    }

    private static void silent(ShareProgress unused) {}

    private Porthole signedIn(@Nullable String publicUrl) throws Exception {
        Porthole porthole = open(publicUrl);
        SignIn.SignedIn _ = porthole.signInAsOwner(server.uri(), server.control::ownerCode);
        return porthole;
    }

    private Porthole open(@Nullable String publicUrl) throws Exception {
        PortholeHome home = PortholeHome.in(folder.resolve("home"));
        Files.createDirectories(home.data());
        Path secrets = home.data().resolve("secrets.json");
        if (!Files.exists(secrets)) {
            // So that no test asks this computer's keychain.
            Files.writeString(secrets, "{}");
        }
        Porthole porthole = PortholeCore.open(home, Options.of("test").withPublicUrl(publicUrl), time);
        opened.add(porthole);
        return porthole;
    }
}
