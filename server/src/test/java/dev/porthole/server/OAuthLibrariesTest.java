package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Programs of others, with the libraries that people use, against a whole server: each finishes every grant. */
@Tag("tools")
class OAuthLibrariesTest {
    private static final String REDIRECT = "http://127.0.0.1:53999/cb";
    private static final List<String> NODE_FILES =
            List.of("package.json", "package-lock.json", "person.js", "openid-client.js", "oauth4webapi.js");

    @TempDir
    private Path data;

    @TempDir
    private Path programs;

    private WholeServer server;
    private String administrator;
    private String client;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.start(data);
        administrator = server.ownersTokens().path("access_token").asString();
        client = registered("{\"name\":\"Paint\",\"redirectUris\":[\"http://127.0.0.1/cb\"]}")
                .path("id")
                .asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I11, T-I7, T-I8
    void openidClientFinishesEveryGrant() throws Exception {
        installNodePrograms();

        assertThat(run(List.of("node", "openid-client.js", server.issuer(), client, REDIRECT)))
                .containsExactly(
                        "signed in ada",
                        "user ada",
                        "api 200",
                        "refreshed true",
                        "device ada",
                        "revoked invalid_grant",
                        "signed out " + REDIRECT + "?state=bye");
    }

    @Test // T-I11, T-I7, T-I8
    void oauth4webapiFinishesEveryGrant() throws Exception {
        installNodePrograms();
        JsonNode wiki = registered("{\"name\":\"Wiki\",\"resourceServer\":true}");

        assertThat(run(List.of(
                        "node",
                        "oauth4webapi.js",
                        server.issuer(),
                        client,
                        REDIRECT,
                        wiki.path("id").asString(),
                        wiki.path("secret").asString())))
                .containsExactly(
                        "signed in ada",
                        "user ada",
                        "active true",
                        "refreshed true",
                        "poll authorization_pending",
                        "poll slow_down",
                        "device ada",
                        "active false",
                        "revoked invalid_grant");
    }

    @Test // T-I11, T-I7, T-I8
    void authlibFinishesEveryGrant() throws Exception {
        copy("authlib_client.py");

        assertThat(run(List.of("/usr/bin/python3", "authlib_client.py", server.issuer(), client, REDIRECT)))
                .containsExactly(
                        "signed in ada",
                        "user ada",
                        "api 200",
                        "refreshed true",
                        "poll authorization_pending",
                        "device ada",
                        "revocation 200",
                        "revoked invalid_grant");
    }

    /** Runs a program to its end, does what it asks a person to do, and gives what else it said. */
    private List<String> run(List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(programs.toFile()).redirectErrorStream(true);
        // Authlib speaks plain http only when told to; the issuer is this computer.
        builder.environment().put("AUTHLIB_INSECURE_TRANSPORT", "1");
        Process process = builder.start();
        PageWalker person = server.person();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("browse ") || line.startsWith("approve ")) {
                    String end = person.walk(line.substring(line.indexOf(' ') + 1));
                    process.outputWriter()
                            .append(end.lines().findFirst().orElse(""))
                            .append('\n')
                            .flush();
                } else {
                    said.add(line);
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(String.join("\n", said)).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private void installNodePrograms() throws Exception {
        for (String name : NODE_FILES) {
            copy(name);
        }
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(programs.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(install.waitFor()).as(said).isZero();
    }

    private void copy(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(OAuthLibrariesTest.class.getResourceAsStream("oauth/" + name), name)) {
            Files.copy(file, programs.resolve(name));
        }
    }

    private JsonNode registered(String body) throws IOException {
        PublicPort.Answer answer = server.port().bearer("POST", "/admin/clients", administrator, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }
}
