package dev.porthole.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.config.PortholeHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportBundleTest {
    /** Each of them somewhere below, in a way that people and programs write it. */
    private static final List<String> PLANTED = List.of(
            "hunter2hunter2",
            "tr0ub4dor",
            "phk_Ab3dEf6hIj",
            "phr_0123456789abcdef",
            "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
            "c2VjcmV0OnBhc3N3b3Jk",
            "s3ss10nv4lue",
            "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "dGhpcyBpcyBhIHJhbmRvbSBrZXkgOTk5",
            "queryvalue",
            "p4ssphr4se-of-the-vault",
            "env-api-key-value",
            "MIIEvQIBADANBg",
            "ada@acme.dev",
            "proxypassword",
            "123456");

    @TempDir
    Path folder;

    // T-L3
    @Test
    void plantedSecretsAreNowhereInTheBundle() throws Exception {
        PortholeHome home = PortholeHome.in(folder);
        Files.createDirectories(home.state());
        Files.writeString(home.configFile(), """
                server: https://ada:tr0ub4dor@tunnels.acme.dev
                project: prj_1
                apiKey: phk_Ab3dEf6hIj
                preferences:
                  theme: dark
                  update-feed: https://feeds.acme.dev/releases.json?access=queryvalue
                  api-token: hunter2hunter2
                notes: hunter2hunter2
                """);
        Files.writeString(home.stateFile("app.log"), """
                2026-11-28T07:00:00.000Z INFO  d.p.c.Agent started in /home/ada/work with token hunter2hunter2
                Authorization: Bearer phr_0123456789abcdef
                GET https://tunnels.acme.dev/callback?code=s3ss10nv4lue&state=queryvalue HTTP/1.1
                Set-Cookie: session=s3ss10nv4lue; HttpOnly
                proxy http://ada:proxypassword@10.0.0.1:3128 answers
                id_token eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl
                header Basic c2VjcmV0OnBhc3N3b3Jk was refused
                {"password": "hunter2hunter2", "user": "ada@acme.dev", "otp": 123456}
                started with --passphrase p4ssphr4se-of-the-vault
                secret_key=tr0ub4dor; digest 0f1e2d3c4b5a69788796a5b4c3d2e1f0
                key material dGhpcyBpcyBhIHJhbmRvbSBrZXkgOTk5=
                -----BEGIN PRIVATE KEY-----
                MIIEvQIBADANBg
                -----END PRIVATE KEY-----
                the variable is env-api-key-value
                """);
        Files.writeString(home.data().resolve("secrets.json"), "{\"tokens\":\"hunter2hunter2\"}");
        SupportBundle bundle = new SupportBundle(
                home,
                "0.1.0",
                Map.of(
                        "PORTHOLE_API_KEY", "env-api-key-value",
                        "PORTHOLE_PASSPHRASE", "p4ssphr4se-of-the-vault",
                        "HTTPS_PROXY", "http://ada:proxypassword@10.0.0.1:3128",
                        "AWS_SECRET_ACCESS_KEY", "tr0ub4dor"),
                "/home/ada");
        Path file = folder.resolve("diagnostics.zip");

        bundle.write(
                file,
                List.of(new Finding(
                        Check.SERVER,
                        Reason.SERVER_SILENT,
                        List.of("https://ada:tr0ub4dor@tunnels.acme.dev", "GET /?token=queryvalue failed"),
                        Duration.ofMillis(12))));

        Map<String, String> entries = entries(file);
        assertThat(entries.keySet()).containsExactly("versions.txt", "settings.json", "findings.json", "app.log");
        String everything = String.join("\n", entries.values());
        assertThat(PLANTED).allSatisfy(secret -> assertThat(everything).doesNotContain(secret));
        assertThat(everything).doesNotContain("/home/ada");
        // What helps is still there.
        assertThat(entries.get("settings.json")).contains("tunnels.acme.dev", "prj_1", "dark", "apiKey", "notes");
        assertThat(entries.get("app.log")).contains("d.p.c.Agent started in ~/work", "10.0.0.1:3128", "was refused");
        assertThat(entries.get("findings.json")).contains("server-silent", "fail");
        assertThat(entries.get("versions.txt")).contains("Porthole 0.1.0", "java.version", "10.0.0.1:3128");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    // T-L4
    @Test
    void controlCharactersDoNotForgeALine() {
        assertThat(scrubber().scrub("a\r\u001b[2Jb\nc")).isEqualTo("a  [2Jb\nc");
    }

    @Test
    void onlyTheEndOfALogIsTakenFromAWholeLineOn() throws Exception {
        PortholeHome home = PortholeHome.in(folder);
        Files.createDirectories(home.state());
        Files.writeString(
                home.stateFile("app.log"), "first line\n" + "a line of the log\n".repeat(40_000) + "last line\n");
        Path file = folder.resolve("diagnostics.zip");

        new SupportBundle(home, "0.1.0", Map.of(), "/home/ada").write(file, List.of());

        assertThat(entries(file).get("app.log"))
                .startsWith("a line of the log\n")
                .endsWith("last line\n")
                .hasSizeLessThanOrEqualTo(256 * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the server answered 502 in 40 ms",
                "dev.porthole.core.agent.Redialler waits 2000 ms",
                "localhost:5173 accepts connections",
                "https://tunnels.acme.dev/api",
                "2026-11-28T07:16:52.123Z WARN  d.p.d.settings.Preferences could not save theme",
                "tun_3k2j and con_9x8y of prj_1"
            })
    void whatIsNoSecretStays(String line) {
        assertThat(scrubber().scrub(line)).isEqualTo(line);
    }

    @Test
    void longLinesAreScrubbedInTime() {
        String long1 = "a".repeat(200_000);
        String long2 = "Ab1/".repeat(50_000);

        assertThat(scrubber().scrub(long1 + " " + long2)).isNotEmpty();
    }

    private static Scrubber scrubber() {
        return new Scrubber(List.of(), "/home/ada");
    }

    private static Map<String, String> entries(Path file) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
