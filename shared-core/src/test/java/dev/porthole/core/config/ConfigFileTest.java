package dev.porthole.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.observe.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(42));

    @TempDir
    Path folder;

    // B-B3
    @Test
    void changeOfOneProcessShowsInTheOther() throws Exception {
        try (ConfigFile app = file();
                ConfigFile commandLine = file()) {
            app.watch();
            LinkedBlockingQueue<String> projects = new LinkedBlockingQueue<>();
            try (Subscription _ =
                    app.config().map(config -> config.project().orElse("none")).subscribe(projects::add)) {
                commandLine.update(config -> config.withProject("org_1", "prj_1"));

                assertThat(projects.poll(20, TimeUnit.SECONDS)).isEqualTo("none");
                assertThat(projects.poll(20, TimeUnit.SECONDS)).isEqualTo("prj_1");
            }
        }
    }

    @Test
    void peekingChangesNothingAndSaysNothing() throws Exception {
        assertThat(ConfigFile.peek(path())).contains(Config.EMPTY);
        Files.writeString(path(), "server: https://a.example\n");
        assertThat(ConfigFile.peek(path()).flatMap(Config::server)).contains("https://a.example");
        Files.writeString(path(), "server: [");
        assertThat(ConfigFile.peek(path())).isEmpty();
        assertThat(path()).hasContent("server: [");
    }

    @Test
    void savingKeepsWhatANewerReleaseWrote() throws Exception {
        Files.writeString(path(), "server: https://a.example\nfuture:\n  deep: [1, two]\n");
        try (ConfigFile file = file()) {
            file.update(config -> config.withServer("https://b.example").withPreference("theme", "dark"));
        }

        assertThat(Files.readString(path()))
                .isEqualTo(
                        "server: https://b.example\nfuture:\n  deep:\n  - 1\n  - two\npreferences:\n  theme: dark\n");
        assertThat(folder.resolve("config.yml.bak")).hasContent("server: https://a.example\nfuture:\n  deep: [1, two]");
    }

    // B-B10
    @Test
    void certificateIsChosenForOneEndpointAndForgottenAlone() throws Exception {
        try (ConfigFile file = file()) {
            file.update(config -> config.withEndpointCertificate("https://localhost:8443", "accept")
                    .withEndpointCertificate("https://nas.local:443", "sha256/x"));
            assertThat(Files.readString(path()))
                    .isEqualTo("endpoints:\n  https://localhost:8443:\n    certificate: accept\n"
                            + "  https://nas.local:443:\n    certificate: sha256/x\n");
            assertThat(file.config().get().endpointCertificate("https://localhost:8443"))
                    .contains("accept");
            assertThat(file.config().get().endpointCertificate("https://localhost:8444"))
                    .isEmpty();

            file.update(config -> config.withEndpointCertificate("https://localhost:8443", null));
            assertThat(file.config().get().endpointCertificate("https://localhost:8443"))
                    .isEmpty();
            assertThat(file.config().get().endpointCertificate("https://nas.local:443"))
                    .contains("sha256/x");
        }
    }

    // B-E4
    @Test
    void timeoutStandsBesideTheCertificateOfItsEndpoint() throws Exception {
        try (ConfigFile file = file()) {
            file.update(config -> config.withEndpointCertificate("https://localhost:8443", "accept")
                    .withEndpointTimeout("https://localhost:8443", "5m"));
            assertThat(path())
                    .hasContent("endpoints:\n  https://localhost:8443:\n    certificate: accept\n    timeout: 5m");
            assertThat(file.config().get().endpointTimeout("https://localhost:8443"))
                    .contains("5m");

            file.update(config -> config.withEndpointTimeout("https://localhost:8443", null));
            assertThat(file.config().get().endpointTimeout("https://localhost:8443"))
                    .isEmpty();
            assertThat(file.config().get().endpointCertificate("https://localhost:8443"))
                    .contains("accept");
        }
    }

    @Test
    void changeIsMadeOnTopOfWhatTheFileSaysNow() throws Exception {
        try (ConfigFile one = file();
                ConfigFile other = file()) {
            one.update(config -> config.withServer("https://a.example"));
            other.update(config -> config.withProject("org_1", "prj_1"));

            assertThat(other.config().get().fields())
                    .isEqualTo(Map.of("server", "https://a.example", "organization", "org_1", "project", "prj_1"));
        }
    }

    @Test
    void readingWritesNothing() {
        try (ConfigFile file = file()) {
            assertThat(file.config().get()).isEqualTo(Config.EMPTY);
            assertThat(file.problem().get()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unreadableFileIsSaidAndKeptAsideByTheFirstSave() throws Exception {
        Files.writeString(path(), "server: [unclosed");
        try (ConfigFile file = file()) {
            assertThat(file.problem().get())
                    .hasValueSatisfying(said -> assertThat(said).contains("config.yml"));
            assertThat(path()).hasContent("server: [unclosed");

            file.update(config -> config.withServer("https://a.example"));

            assertThat(file.problem().get()).isEmpty();
        }
        assertThat(folder.resolve("config.yml.unreadable-42")).hasContent("server: [unclosed");
        assertThat(path()).hasContent("server: https://a.example");
    }

    @Test
    void homesFollowThePlatform() {
        Path home = Path.of("/home/ada");
        assertThat(PortholeHome.of(Map.of(), "Linux", home).configFile())
                .isEqualTo(Path.of("/home/ada/.config/porthole/config.yml"));
        assertThat(PortholeHome.of(Map.of("XDG_DATA_HOME", "/data", "XDG_CONFIG_HOME", "relative"), "Linux", home))
                .isEqualTo(new PortholeHome(
                        Path.of("/home/ada/.config/porthole"),
                        Path.of("/data/porthole"),
                        Path.of("/home/ada/.local/state/porthole")));
        assertThat(PortholeHome.of(Map.of(), "Mac OS X", home).data())
                .isEqualTo(Path.of("/home/ada/Library/Application Support/Porthole"));
        assertThat(PortholeHome.of(Map.of("PORTHOLE_HOME", folder.toString()), "Linux", home))
                .isEqualTo(PortholeHome.in(folder));
    }

    // B-B2
    @Test
    void deviceIdIsMadeOnceAndShared() throws Exception {
        String first = PortholeHome.in(folder).deviceId();

        assertThat(first).matches("dev_[0-9a-f]{32}");
        assertThat(PortholeHome.in(folder).deviceId()).isEqualTo(first);
    }

    private ConfigFile file() {
        return new ConfigFile(path(), CLOCK);
    }

    private Path path() {
        return folder.resolve("config.yml");
    }
}
