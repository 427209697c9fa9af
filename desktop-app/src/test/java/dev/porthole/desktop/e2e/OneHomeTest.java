package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Porthole;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Project;
import dev.porthole.core.config.PortholeHome;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.cli.Main;
import dev.porthole.server.admin.AdminClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running app and commands of the same home: the app is this process, commands are processes of their own. */
class OneHomeTest {
    @TempDir
    private Path folder;

    private Program server;
    private LocalApp app;
    private Porthole porthole;
    private Map<String, String> environment;

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
        String address = "localhost:" + listening.substring(listening.lastIndexOf(':') + 1);
        String key;
        try (AdminClient admin = AdminClient.connect(data)) {
            key = admin.token("ada", null);
        }
        environment = Map.of("PORTHOLE_SERVER", address, "PORTHOLE_API_KEY", key);
        porthole = Porthole.open(PortholeHome.in(home()), new Porthole.Options(address, null, key, "test"));
        assertThat(porthole.confirmProject()).isPresent();
    }

    @AfterEach
    void close() throws Exception {
        porthole.close();
        server.close();
        app.close();
    }

    private Path home() {
        return folder.resolve("home");
    }

    private TunnelState share() throws Exception {
        return porthole.share(Porthole.ShareRequest.of(Endpoint.parse("localhost:" + app.port())), _ -> {});
    }

    private String addressOf(LocalApp of) throws Exception {
        return porthole.listTunnels().stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> tunnel.endpoint().port() == of.port())
                .findFirst()
                .orElseThrow()
                .url();
    }

    private Program command(String... arguments) throws Exception {
        return Program.start(Main.class, home(), environment, arguments);
    }

    private Program listen(LocalApp to) throws Exception {
        return command("tunnel", "listen", "--endpoint", "127.0.0.1:" + to.port(), "--output", "json");
    }

    @Test // B-B2, B-B6
    void listenJoinsWhatTheAppCarriesAndLeavesItOn() throws Exception {
        TunnelState shared = share();
        String id = shared.tunnel().id();
        try (Program listen = listen(app)) {
            assertThat(listen.await("\"joined\"").text())
                    .contains(id, shared.tunnel().url(), shared.tunnel().label());
            assertThat(listen.await("\"ready\"").text()).contains(id);
            listen.terminate();
            assertThat(listen.await("\"stopped\"").text()).contains("stays on");
            assertThat(listen.exitCode()).isZero();
        }
        assertThat(porthole.listTunnels()).singleElement().satisfies(state -> {
            assertThat(state.tunnel().enabled()).isTrue();
            assertThat(state.phase()).isEqualTo(Phase.READY);
        });
        assertThat(Visitor.get(shared.tunnel().url(), "/").text()).isEqualTo("hello");
    }

    @Test // B-B2, B-B6
    void whatTheAppTurnsOffEndsTheListenThatJoined() throws Exception {
        TunnelState shared = share();
        try (Program listen = listen(app)) {
            listen.await("\"ready\"");
            porthole.stop(shared.tunnel().id());
            assertThat(listen.await("\"stopped\"").text()).contains("turned off elsewhere");
            assertThat(listen.exitCode()).isZero();
        }
    }

    @Test // B-B2, B-B6
    void listenThatEndsLeavesOnWhatTheAppTookUpMeanwhile() throws Exception {
        try (Program listen = listen(app)) {
            listen.await("\"ready\"");
            TunnelState shared = share();
            listen.terminate();
            assertThat(listen.exitCode()).isZero();
            assertThat(Visitor.get(shared.tunnel().url(), "/").text()).isEqualTo("hello");
            assertThat(porthole.listTunnels())
                    .singleElement()
                    .satisfies(state -> assertThat(state.tunnel().enabled()).isTrue());
        }
    }

    @Test // B-B2
    void listensOfTwoEndpointsStandBesideEachOther() throws Exception {
        try (LocalApp second = LocalApp.saying("second");
                Program one = listen(app);
                Program other = listen(second)) {
            one.await("\"ready\"");
            other.await("\"ready\"");
            assertThat(Visitor.get(addressOf(app), "/").text()).isEqualTo("hello");
            assertThat(Visitor.get(addressOf(second), "/").text()).isEqualTo("second");
            one.terminate();
            assertThat(one.exitCode()).isZero();
            assertThat(Visitor.get(addressOf(second), "/").text()).isEqualTo("second");
            assertThat(Visitor.get(addressOf(app), "/").head().status()).isEqualTo(503);
        }
    }

    @Test // B-B3
    void projectForOneCallLeavesTheConfigurationAsItIs() throws Exception {
        String project = porthole.activeProject().get().orElseThrow().id();
        porthole.close();
        Path config = Files.writeString(home().resolve("config.yml"), "# mine\nproject:   prj_other # kept\n");
        try (Program list = command("tunnel", "list", "--project", project, "--output", "json")) {
            assertThat(list.await("\"project\"").text()).contains(project);
            assertThat(list.exitCode()).isZero();
        }
        assertThat(config).hasContent("# mine\nproject:   prj_other # kept\n");
    }

    @Test // B-B3
    void projectThatOneSwitchesToShowsInTheOtherWithinASecond() throws Exception {
        try (World world = World.start();
                Porthole other =
                        Porthole.open(PortholeHome.in(world.folder().resolve("home")), Porthole.Options.of("test"))) {
            Project second = world.porthole().ownership().create("second", null);
            CompletableFuture<Instant> shown = new CompletableFuture<>();
            try (Subscription _ = world.porthole()
                    .activeProject()
                    .subscribe(active -> active.filter(project -> project.id().equals(second.id()))
                            .ifPresent(_ -> shown.complete(Instant.now())))) {
                other.switchProject(second.id());
                Instant done = Instant.now();
                assertThat(shown.get(Visitor.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isBefore(done.plus(Duration.ofSeconds(1)));
            }
        }
    }
}
