package dev.porthole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Porthole.Options;
import dev.porthole.core.Porthole.ShareRequest;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.config.PortholeHome;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program of a computer turns a tunnel on that another one carries. */
class HandoverTest {
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

    private Porthole open() throws Exception {
        Porthole porthole = PortholeCore.open(home, Options.of("test"), time);
        opened.add(porthole);
        return porthole;
    }

    /** A program that has shared the endpoint once, and has it turned off. */
    private Porthole shared() throws Exception {
        Porthole porthole = open();
        SignIn.SignedIn _ = porthole.signInAsOwner(server.uri(), server.control::ownerCode);
        porthole.keepTunnels();
        InetSocketAddress address =
                (InetSocketAddress) app.getListenerInfo().getFirst().getAddress();
        TunnelState state = porthole.share(ShareRequest.of(Endpoint.parse("localhost:" + address.getPort())), _ -> {});
        porthole.stop(state.tunnel().id());
        return porthole;
    }

    @Test // B-B2, B-B11
    void runningAppTakesUpWhatACommandTurnsOn() throws Exception {
        Porthole running = shared();
        Porthole command = open();

        TunnelState on = command.enableElsewhere("tun_1");
        assertThat(on.tunnel().enabled()).isTrue();
        assertThat(on.tunnel().ready()).isTrue();
        assertThat(on.here()).isFalse();
        AgentFixture.await(
                running.running(), all -> all.stream().anyMatch(state -> state.phase() == TunnelState.Phase.READY));
        assertThat(command.close(true)).isEmpty();
        assertThat(server.tunnel("tun_1").enabled()).isTrue();
    }

    @Test // B-B11
    void whereNobodyRunsItIsSaidAtOnceAndTheServerIsNotTold() throws Exception {
        assertThat(shared().close(true)).isEmpty();
        Porthole command = open();
        server.control.calls.clear();

        // No time passes.
        assertThatThrownBy(() -> command.enableElsewhere("tun_1"))
                .isInstanceOfSatisfying(
                        PortholeException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.FAILED))
                .hasMessageContaining("No running app of this computer takes tun_1 up.");
        assertThat(server.control.calls).noneMatch(call -> call.startsWith("PATCH"));
        assertThat(server.tunnel("tun_1").enabled()).isFalse();
    }

    @Test
    void whereTheAppCannotTakeItUpItIsOffAgainAndSaid() throws Exception {
        Porthole _ = shared();
        // The app runs, and its sessions lead nowhere.
        server.answering = false;
        Porthole command = open();

        CompletableFuture<Void> patience = CompletableFuture.runAsync(this::letTimePass);
        assertThatThrownBy(() -> command.enableElsewhere("tun_1"))
                .isInstanceOfSatisfying(
                        PortholeException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.FAILED))
                .hasMessageContaining("No running app of this computer takes tun_1 up.");
        patience.get(10, TimeUnit.SECONDS);
        assertThat(server.tunnel("tun_1").enabled()).isFalse();
        assertThat(Files.readString(home.stateFile("running-tunnels.json"))).doesNotContain("tun_1");
    }

    /** Until someone has waited for four seconds. */
    private void letTimePass() {
        try {
            Duration asked = time.nextWaitUpTo(Duration.ofSeconds(4));
            while (!asked.equals(Duration.ofSeconds(4))) {
                asked = time.nextWaitUpTo(Duration.ofSeconds(4));
            }
            time.advance(Duration.ofSeconds(4));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
