package dev.porthole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.Options;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.ShareProgress.State;
import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.proxy.EndpointTimeout;
import io.undertow.Undertow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The façade against a server over HTTP and the wire. */
class SharingTest {
    @TempDir
    Path folder;

    private TestServer server;
    private Undertow app;
    private PortholeHome home;
    private final ManualTime time = new ManualTime();
    private final List<Porthole> opened = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        app = Undertow.builder()
                .addHttpListener(
                        0, "127.0.0.1", exchange -> exchange.getResponseSender().send("hello"))
                .setIoThreads(1)
                .setWorkerThreads(1)
                .build();
        app.start();
        home = PortholeHome.in(folder.resolve("home"));
        Files.createDirectories(home.data());
        // So that no test asks this computer's keychain.
        Files.writeString(home.data().resolve("secrets.json"), "{}");
    }

    @AfterEach
    void stop() throws Exception {
        for (Porthole porthole : opened) {
            porthole.close();
        }
        server.close();
        app.stop();
    }

    // B-B5, B-B9
    @Test
    void allowListAndHeartbeatComeBeforeEnable() throws Exception {
        Porthole porthole = signedIn();
        CompletableFuture<String> firstVisitor = new CompletableFuture<>();
        // The first moment at which an edge may send a request.
        server.onEnable = tunnel -> {
            try {
                EdgeSession session = server.edge.nextSession();
                firstVisitor.complete(session.get(tunnel.id(), "/").text());
            } catch (Exception failed) {
                firstVisitor.completeExceptionally(failed);
            }
        };

        TunnelState state = porthole.share(ShareRequest.of(endpoint()), SharingTest::silent);

        assertThat(state.phase()).isEqualTo(TunnelState.Phase.READY);
        assertThat(firstVisitor.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(server.events.stream().distinct())
                .containsSubsequence("create tun_1", "register", "beat tun_1", "enable tun_1");
        assertThat(server.events.indexOf("beat tun_1")).isLessThan(server.events.indexOf("enable tun_1"));
    }

    // B-B5
    @Test
    void addressByNameNeedsNoPortsOfTheServer() throws Exception {
        Porthole porthole = signedIn();

        TunnelState named = porthole.share(at(TunnelAddress.name, null), SharingTest::silent);
        assertThat(named.phase()).isEqualTo(TunnelState.Phase.READY);
        TunnelState hidden = porthole.share(at(TunnelAddress.name, false), SharingTest::silent);
        assertThat(hidden.tunnel().id()).isEqualTo(named.tunnel().id());

        assertThatThrownBy(() -> porthole.share(at(TunnelAddress.port, null), SharingTest::silent))
                .isInstanceOf(PortholeException.class)
                .hasMessageContaining("has no ports for tunnels");
        assertThatThrownBy(() -> porthole.share(at(TunnelAddress.name, true), SharingTest::silent))
                .isInstanceOf(PortholeException.class)
                .hasMessageContaining("visible in this network");
    }

    // B-B6
    @Test
    void interruptedShareDisablesItsTunnelAndTheNextOneTakesItAgain() throws Exception {
        Porthole porthole = signedIn();
        server.answering = false;
        CountDownLatch enabling = new CountDownLatch(1);
        server.onEnable = _ -> enabling.countDown();
        CompletableFuture<Kind> end = new CompletableFuture<>();
        Thread sharing = Thread.ofVirtual().start(() -> {
            try {
                TunnelState _ = porthole.share(ShareRequest.of(endpoint()), SharingTest::silent);
            } catch (PortholeException stopped) {
                end.complete(stopped.kind());
            }
        });
        assertThat(enabling.await(20, TimeUnit.SECONDS)).isTrue();
        sharing.interrupt();

        assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        assertThat(server.events).endsWith("disable tun_1");
        assertThat(server.tunnel("tun_1").enabled()).isFalse();
        server.edge.nextSession().awaitClosed();

        server.answering = true;
        TunnelState again = porthole.share(ShareRequest.of(endpoint()), SharingTest::silent);
        assertThat(again.tunnel().id()).isEqualTo("tun_1");
        assertThat(again.tunnel().url()).isEqualTo(server.tunnel("tun_1").url());
    }

    // B-B6
    @Test
    void closingStopsWhatRunsAndSaysWhatItCouldNot() throws Exception {
        Porthole first = signedIn();
        TunnelState _ = first.share(ShareRequest.of(endpoint()), SharingTest::silent);
        assertThat(first.close(true)).isEmpty();
        assertThat(server.tunnel("tun_1").enabled()).isFalse();

        Porthole second = open(Options.of("test"));
        TunnelState _ = second.share(ShareRequest.of(endpoint()), SharingTest::silent);
        server.door.shut();
        assertThat(second.close(true)).containsExactly("label of tun_1");
        assertThat(second.close(true)).isEmpty();
    }

    // B-B13
    @Test
    void hintAfterTenSecondsSaysWhatHangs() throws Exception {
        Porthole porthole = signedIn();
        server.answering = false;
        CountDownLatch enabling = new CountDownLatch(1);
        server.onEnable = _ -> enabling.countDown();
        BlockingQueue<ShareProgress> waiting = new LinkedBlockingQueue<>();
        Thread sharing = Thread.ofVirtual().start(() -> {
            try {
                TunnelState _ = porthole.share(ShareRequest.of(endpoint()), step -> {
                    if (step.state() == State.WAITING) {
                        waiting.add(step);
                    }
                });
            } catch (PortholeException stopped) {
                assertThat(stopped.kind()).isEqualTo(Kind.CANCELLED);
            }
        });
        assertThat(enabling.await(20, TimeUnit.SECONDS)).isTrue();
        time.advance(Duration.ofSeconds(9));
        assertThat(waiting).isEmpty();
        time.advance(Duration.ofSeconds(1));

        ShareProgress hint = waiting.poll(20, TimeUnit.SECONDS);
        assertThat(hint).isNotNull();
        assertThat(hint.stage()).isEqualTo(Stage.ROUTED);
        assertThat(hint.detail()).isEqualTo("Connected; the server has not taken the route yet.");
        assertThat(hint.elapsed()).isEqualTo(Duration.ofSeconds(10));
        sharing.interrupt();
        sharing.join();
    }

    // B-A3
    @Test
    void startIsNotHeldUpByASilentServerAndCarriesAgainOnceItAnswers() throws Exception {
        Porthole first = signedIn();
        first.keepTunnels();
        TunnelState _ = first.share(ShareRequest.of(endpoint()), SharingTest::silent);
        EdgeSession before = server.edge.nextSession();
        assertThat(first.close(false)).isEmpty();
        before.awaitClosed();
        server.door.shut();

        Porthole second = open(Options.of("test"));
        second.keepTunnels();
        assertThat(second.signIn().get()).isInstanceOf(SignIn.SignedIn.class);
        assertThat(second.running().get()).isEmpty();
        // What asks while nobody listens asks again after a second, and no later.
        Duration asked = time.nextWaitUpTo(Duration.ofSeconds(1));
        while (asked.compareTo(Duration.ofSeconds(1)) < 0) {
            // The second session of an agent begins some part of a second after the first.
            asked = time.nextWaitUpTo(Duration.ofSeconds(1));
        }
        server.door.open();
        Thread seconds = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    time.advance(Duration.ofSeconds(1));
                    Duration _ = time.nextWaitUpTo(Duration.ofSeconds(1));
                }
            } catch (InterruptedException enough) {
                return;
            }
        });

        AgentFixture.await(
                second.running(),
                running -> running.stream().anyMatch(state -> state.phase() == TunnelState.Phase.READY));
        seconds.interrupt();
        seconds.join();
        assertThat(server.edge.nextSession().get("tun_1", "/").text()).isEqualTo("hello");
    }

    // B-A4: what is kept holds no public name; the control plane says it, and what makes no sense is left out.
    @Test
    void keptTunnelsGetTheirNamesFromTheControlPlane() throws Exception {
        Porthole first = signedIn();
        first.keepTunnels();
        TunnelState shared = first.share(ShareRequest.of(endpoint()), SharingTest::silent);
        EdgeSession before = server.edge.nextSession();
        assertThat(first.close(false)).isEmpty();
        before.awaitClosed();
        Path kept = home.stateFile("running-tunnels.json");
        String project = shared.tunnel().project();
        Files.writeString(kept, "{\"older\": 7, \"" + project + "\": [\"tun_1\", {\"name\": \"\"}, null, \"\"]}");

        Porthole second = open(Options.of("test"));
        second.keepTunnels();

        AgentFixture.await(
                second.running(),
                running -> running.stream().anyMatch(state -> state.phase() == TunnelState.Phase.READY));
        assertThat(second.running().get())
                .extracting(state -> state.tunnel().url())
                .containsExactly(shared.tunnel().url());
        second.stop("tun_1");
        assertThat(Files.readString(kept)).isEqualTo("{}");
    }

    // B-A3
    @Test
    void whatWasStoppedOnPurposeStaysSo() throws Exception {
        Porthole first = signedIn();
        first.keepTunnels();
        TunnelState state = first.share(ShareRequest.of(endpoint()), SharingTest::silent);
        assertThat(Files.readString(home.stateFile("running-tunnels.json"))).contains("tun_1");
        first.stop(state.tunnel().id());
        assertThat(first.close(false)).isEmpty();

        assertThat(Files.readString(home.stateFile("running-tunnels.json"))).doesNotContain("tun_1");
        assertThat(server.tunnel("tun_1").enabled()).isFalse();
    }

    // B-B2
    @Test
    void switchingTheProjectLeavesTheOthersTunnelsRunning() throws Exception {
        server.projects.add(TestServer.API);
        Porthole porthole = signedIn();
        porthole.switchProject(TestServer.WEB.id());
        TunnelState _ = porthole.share(ShareRequest.of(endpoint()), SharingTest::silent);
        EdgeSession session = server.edge.nextSession();

        porthole.switchProject(TestServer.API.id());

        assertThat(porthole.activeProject().get()).contains(TestServer.API);
        assertThat(porthole.running().get())
                .extracting(state -> state.tunnel().id(), TunnelState::phase)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("tun_1", TunnelState.Phase.READY));
        assertThat(session.get("tun_1", "/").text()).isEqualTo("hello");
        TunnelState other = porthole.share(ShareRequest.of(endpoint()), SharingTest::silent);
        assertThat(other.tunnel().project()).isEqualTo(TestServer.API.id());
        assertThat(porthole.running().get()).hasSize(2);
    }

    // B-B3
    @Test
    void changeByAnotherProcessShowsAtOnce() throws Exception {
        server.projects.add(TestServer.API);
        Porthole app = signedIn();
        app.switchProject(TestServer.WEB.id());
        Porthole command = open(Options.of("test"));
        command.switchProject(TestServer.API.id());
        AgentFixture.await(app.activeProject(), project -> project.equals(Optional.of(TestServer.API)));

        ConfigFile byHand = new ConfigFile(home.configFile(), InstantSource.system());
        Project back = TestServer.WEB;
        byHand.update(now -> now.withProject(back.organization().id(), back.id()));
        AgentFixture.await(app.activeProject(), project -> project.equals(Optional.of(back)));
        byHand.close();
    }

    // B-B3
    @Test
    void projectOfOneCallLeavesTheChoicesAlone() throws Exception {
        server.projects.add(TestServer.API);
        Porthole app = signedIn();
        app.switchProject(TestServer.WEB.id());
        byte[] before = Files.readAllBytes(home.configFile());

        Porthole command = open(new Options(null, TestServer.API.id(), null, "test"));
        TunnelState state = command.share(ShareRequest.of(endpoint()), SharingTest::silent);
        assertThat(state.tunnel().project()).isEqualTo(TestServer.API.id());
        assertThat(command.close(true)).isEmpty();

        assertThat(Files.readAllBytes(home.configFile())).isEqualTo(before);
        assertThat(app.activeProject().get()).contains(TestServer.WEB);
    }

    // B-B11
    @Test
    void newEndpointIsServedByTheSameSession() throws Exception {
        Porthole porthole = signedIn();
        TunnelState state = porthole.share(ShareRequest.of(Endpoint.parse("localhost:9")), SharingTest::silent);
        EdgeSession session = server.edge.nextSession();
        assertThat(session.get("tun_1", "/").status()).isEqualTo("502");

        TunnelState changed = porthole.update(state.tunnel().id(), null, endpoint());

        assertThat(changed.tunnel().url()).isEqualTo(state.tunnel().url());
        assertThat(session.get("tun_1", "/").text()).isEqualTo("hello");
    }

    // B-E4
    @Test
    void timeoutThatIsChosenForAnEndpointHoldsFromItsNextRequestOn() throws Exception {
        Porthole porthole = signedIn();
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = Endpoint.parse("localhost:" + silent.getLocalPort());
            TunnelState state = porthole.share(ShareRequest.of(endpoint), SharingTest::silent);
            EdgeSession session = server.edge.nextSession();

            porthole.allowTimeout(endpoint, EndpointTimeout.parse("1s"));
            EdgeExchange late = session.get(state.tunnel().id(), "/");

            assertThat(late.status()).isEqualTo("504");
            assertThat(late.field("porthole-error")).isEqualTo("endpoint_timeout");
        }
        assertThatThrownBy(() -> porthole.allowTimeout(Endpoint.parse("tcp://localhost:5432"), EndpointTimeout.USUAL))
                .hasMessage("timeout: given for tcp://localhost:5432 (expected: an app that answers requests)");
    }

    private ShareRequest at(TunnelAddress address, @Nullable Boolean visible) {
        return new ShareRequest(endpoint(), null, null, null, address, visible);
    }

    private static void silent(ShareProgress unused) {}

    private Porthole signedIn() throws Exception {
        Porthole porthole = open(Options.of("test"));
        SignIn.SignedIn _ = porthole.signInAsOwner(server.uri(), server.control::ownerCode);
        return porthole;
    }

    private Porthole open(Options options) throws Exception {
        Porthole porthole = PortholeCore.open(home, options, time);
        opened.add(porthole);
        return porthole;
    }

    private Endpoint endpoint() {
        InetSocketAddress address =
                (InetSocketAddress) app.getListenerInfo().getFirst().getAddress();
        return Endpoint.parse("localhost:" + address.getPort());
    }
}
