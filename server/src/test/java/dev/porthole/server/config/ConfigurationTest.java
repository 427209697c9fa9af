package dev.porthole.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.edge.Shares;
import dev.porthole.server.relay.SessionLimits;
import dev.porthole.server.store.DatabaseUrl;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void flagWinsOverEnvironmentWinsOverFile() throws Exception { // B-D14
        Path file = write("data:\n  dir: /srv/file\nlisten:\n  port: 1\n  bind: 0.0.0.0\nlog:\n  level: warn\n");
        ServerSettings settings = Configuration.read(
                Map.of("--port", "3"), Map.of("PORTHOLE_LISTEN_PORT", "2", "PORTHOLE_LOG_LEVEL", "debug"), file);
        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.log().level()).isEqualTo(ServerSettings.LogLevel.debug);
        assertThat(settings.bind()).isEqualTo("0.0.0.0");
        assertThat(settings.dataDir()).isEqualTo(Path.of("/srv/file"));
        assertThat(settings.tunnelDomain()).isEqualTo("localhost");
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirPlaces() throws Exception { // T-R7
        Path file = write("listen:\n  port: 70000\n  colour: red\nlog:\n  level: loud\naddress:\n  - a\n");
        assertThat(mistakes(Map.of("--base-url", "ftp://x"), Map.of("PORTHOLE_LISTEN_BIND", "not an address"), file))
                .containsExactlyInAnyOrder(
                        file + ":3: unknown setting listen.colour (expected: one of listen.bind, listen.port,"
                                + " listen.trusted-proxies)",
                        file + ":7: a list (expected: one value)",
                        "PORTHOLE_LISTEN_BIND: listen.bind: not an address (expected: an address of this computer,"
                                + " such as 0.0.0.0)",
                        file + ":2: listen.port: 70000 (expected: 0-65535)",
                        "--base-url: address.base-url: ftp://x (expected: an address such as"
                                + " https://porthole.example.com)",
                        file + ":5: log.level: loud (expected: error, warn, info, debug)",
                        "data.dir: missing (expected: --data-dir DIR)");
    }

    @Test
    void logHasALevelATimeZoneAndWhatItSaysOfRequests() throws Exception { // B-D11, B-D14
        LogSettings usual =
                Configuration.read(Map.of("--data-dir", "d"), Map.of(), null).log();
        assertThat(usual).isEqualTo(LogSettings.of(ServerSettings.LogLevel.info));
        Path file = write("data:\n  dir: d\nlog:\n  requests: detail\n  time-zone: Europe/Berlin\n");
        LogSettings chosen = Configuration.read(Map.of(), Map.of("PORTHOLE_LOG_LEVEL", "warn"), file)
                .log();
        assertThat(chosen.requests()).isEqualTo(LogSettings.Requests.detail);
        assertThat(chosen.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(chosen.level()).isEqualTo(ServerSettings.LogLevel.warn);
        Path wrong = write("data:\n  dir: d\nlog:\n  requests: all\n  time-zone: Atlantis\n");
        assertThat(mistakes(Map.of(), Map.of(), wrong))
                .containsExactlyInAnyOrder(
                        wrong + ":4: log.requests: all (expected: off, lines, detail)",
                        wrong + ":5: log.time-zone: Atlantis (expected: a time zone such as Europe/Berlin or +01:00, or"
                                + " system)");
    }

    @Test
    void brokenOrMissingFileIsOneMistake() throws Exception { // T-R7
        Path broken = write("listen:\n  port: [\n");
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of(), broken)).anyMatch(line -> line.endsWith(": not YAML"));
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of(), folder.resolve("none.yml")))
                .singleElement()
                .asString()
                .contains("can't be read");
    }

    @Test
    void tunnelsNeverShareACookieDomainWithTheConsole() throws Exception { // T-W9
        for (String domain : List.of("porthole.example.com", "example.com", "com")) {
            assertThat(mistakes(
                            Map.of("--data-dir", "d", "--base-url", "https://porthole.example.com"),
                            Map.of("PORTHOLE_ADDRESS_TUNNEL_DOMAIN", domain),
                            null))
                    .singleElement()
                    .asString()
                    .contains("holds the console's own host porthole.example.com");
        }
        for (String domain : List.of("tunnels.porthole.example.com", "example.net", "localhost")) {
            ServerSettings fine = Configuration.read(
                    Map.of("--data-dir", "d", "--base-url", "https://porthole.example.com/"),
                    Map.of("PORTHOLE_ADDRESS_TUNNEL_DOMAIN", domain),
                    null);
            assertThat(fine.baseUrl()).isEqualTo(URI.create("https://porthole.example.com"));
        }
    }

    @Test
    void certificateAndKeyBelongToTheModeThatServesThem() throws Exception { // T-R7
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of("PORTHOLE_TLS_MODE", "files"), null))
                .containsExactlyInAnyOrder(
                        "tls.certificate: missing (expected: a file, because tls.mode is files)",
                        "tls.key: missing (expected: a file, because tls.mode is files)");
        assertThat(mistakes(
                        Map.of("--data-dir", "d"),
                        Map.of("PORTHOLE_TLS_CERTIFICATE", "/c.pem", "PORTHOLE_TLS_REDIRECT_PORT", "80"),
                        null))
                .containsExactlyInAnyOrder(
                        "PORTHOLE_TLS_CERTIFICATE: tls.certificate without tls.mode: files",
                        "PORTHOLE_TLS_REDIRECT_PORT: tls.redirect-port without TLS (expected: tls.mode: files or"
                                + " local-ca)");
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of("PORTHOLE_TLS_MODE", "on"), null))
                .containsExactly("PORTHOLE_TLS_MODE: tls.mode: on (expected: off, files, local-ca)");
        TlsSettings tls = Configuration.read(
                        Map.of("--data-dir", "d"),
                        Map.of(),
                        write("tls:\n  mode: files\n  certificate: /c.pem\n  key: /k.pem\n  redirect-port: 80\n"))
                .tls();
        assertThat(tls).isEqualTo(new TlsSettings(TlsSettings.Mode.FILES, Path.of("/c.pem"), Path.of("/k.pem"), 80));
    }

    @Test
    void secretsMayBeInFiles() throws Exception { // B-D14
        Path secret = Files.writeString(folder.resolve("url"), "postgresql://ada:planted@db/porthole\n");
        Map<String, String> environment = Map.of("PORTHOLE_DATABASE_URL_FILE", secret.toString());
        DatabaseUrl expected = DatabaseUrl.parse("postgresql://ada:planted@db/porthole");
        assertThat(Configuration.read(Map.of("--data-dir", "d"), environment, null)
                        .database())
                .isEqualTo(expected);
        assertThat(Configuration.database(environment)).isEqualTo(expected);
        assertThat(Configuration.database(Map.of("PORTHOLE_LISTEN_PORT", "x"))).isNull();
        Path file = write("database:\n  url: postgresql://ada:planted@db/porthole\n");
        assertThat(Configuration.read(Map.of("--data-dir", "d"), Map.of(), file).database())
                .isEqualTo(expected);
    }

    @Test
    void mistakesAboutSecretsDoNotShowThem() throws Exception { // T-C6, T-R7
        Path file = write("listen:\n  port: 1\ndatabase:\n  url: mysql://ada:planted@db/porthole\n");
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of(), file))
                .containsExactly(file + ":4: database.url: not right (expected:"
                        + " postgresql://user:password@host:port/database)");
        Path secret = Files.writeString(folder.resolve("url"), "planted");
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of("PORTHOLE_DATABASE_URL_FILE", secret.toString()), null))
                .containsExactly("PORTHOLE_DATABASE_URL_FILE: database.url: not right (expected:"
                        + " postgresql://user:password@host:port/database)");
        assertThat(mistakes(
                        Map.of("--data-dir", "d"),
                        Map.of(
                                "PORTHOLE_DATABASE_URL",
                                "postgresql://h/planted",
                                "PORTHOLE_DATABASE_URL_FILE",
                                secret.toString()),
                        null))
                .containsExactly(
                        "PORTHOLE_DATABASE_URL_FILE: PORTHOLE_DATABASE_URL is set too (expected: one of the two)");
        Path none = folder.resolve("none");
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of("PORTHOLE_DATABASE_URL_FILE", none.toString()), null))
                .containsExactly("PORTHOLE_DATABASE_URL_FILE: " + none
                        + ": can't be read (expected: a file with the value alone)");
        Files.write(secret, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of("PORTHOLE_DATABASE_URL_FILE", secret.toString()), null))
                .containsExactly("PORTHOLE_DATABASE_URL_FILE: " + secret
                        + ": not a text (expected: a file with the value alone)");
    }

    @Test
    void documentedTableIsTheOneOfTheCode() throws Exception { // B-D14
        assertThat(Path.of("SETTINGS.md")).exists().content().endsWith(SettingsTable.text());
    }

    @Test
    void everyLimitIsASettingWithADefaultAndItsReason() { // T-W8
        assertThat(LimitOptions.ALL).allSatisfy(setting -> {
            assertThat(setting.standard()).as(setting.key()).isNotNull();
            assertThat(setting.standardValue()).isNotNull();
            assertThat(setting.description()).hasSizeGreaterThan(60);
        });
        assertThat(LimitSettings.DEFAULT.requests()).isEqualTo(EdgeSettings.Limits.DEFAULT);
        assertThat(LimitSettings.DEFAULT.times()).isEqualTo(EdgeSettings.Times.DEFAULT);
        assertThat(LimitSettings.DEFAULT.shares()).isEqualTo(Shares.DEFAULT);
        assertThat(LimitSettings.DEFAULT.sessions()).isEqualTo(SessionLimits.DEFAULT);
    }

    @Test
    void limitsAreReadInTheirUnits() throws Exception { // T-W8, B-D14, B-E5
        Path file = write("limits:\n  header-bytes: 8k\n  request-body: 10m\n  idle-time: 2m\n  hold-time: 0s\n"
                + "  requests-per-second-per-address: 50\n  not-counted: \"10.0.0.0/8, fd00::/8\"\n");
        ServerSettings settings = Configuration.read(
                Map.of("--data-dir", "d"),
                Map.of(
                        "PORTHOLE_LIMITS_CONNECTIONS_PER_ADDRESS",
                        "off",
                        "PORTHOLE_LISTEN_TRUSTED_PROXIES",
                        "192.0.2.0/24"),
                file);
        LimitSettings limits = settings.limits();
        assertThat(limits.requests().headerBytes()).isEqualTo(8 * 1024);
        assertThat(limits.requests().requestBody()).isEqualTo(10L * 1024 * 1024);
        assertThat(limits.requests().answerBody()).isEqualTo(Long.MAX_VALUE);
        assertThat(limits.times().idle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(limits.times().returningAgent()).isZero();
        assertThat(limits.shares().ratePerAddress()).isEqualTo(50);
        assertThat(limits.shares().connectionsPerAddress()).isEqualTo(Integer.MAX_VALUE);
        assertThat(limits.shares().notCounted()).hasSize(2);
        assertThat(settings.trustedProxies().trusts(InetAddress.ofLiteral("192.0.2.7")))
                .isTrue();
    }

    @Test
    void wrongLimitsAreToldTogetherWithTheirPlacesAndTheirBounds() throws Exception { // T-R7, T-W8
        Path file = write("limits:\n  header-bytes: 10\n  idle-time: soon\n  header-fields: 0\n  request-body: 5x\n"
                + "  not-counted: nowhere\n  colour: red\n");
        assertThat(mistakes(Map.of("--data-dir", "d"), Map.of("PORTHOLE_LIMITS_HELD", "-1"), file))
                .hasSize(7)
                .contains(
                        file + ":2: limits.header-bytes: 10 (expected: 1k-1m)",
                        file + ":3: limits.idle-time: soon (expected: 1s-1h)",
                        file + ":4: limits.header-fields: 0 (expected: 1-10000)",
                        file + ":5: limits.request-body: 5x (expected: bytes such as 10m or 2g, or off)",
                        file + ":6: limits.not-counted: nowhere (expected: networks such as 10.0.0.0/8, with commas"
                                + " between them)",
                        "PORTHOLE_LIMITS_HELD: limits.held: -1 (expected: 0-1000000)")
                .anyMatch(
                        line -> line.startsWith(file + ":7: unknown setting limits.colour (expected: one of limits."));
    }

    private static List<String> mistakes(
            Map<String, String> flags, Map<String, String> environment, @org.jspecify.annotations.Nullable Path file) {
        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> Configuration.read(flags, environment, file));
        return refused.mistakes();
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("porthole.yml"), text);
    }
}
