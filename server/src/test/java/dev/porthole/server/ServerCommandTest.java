package dev.porthole.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.porthole.server.admin.AdminClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ServerCommandTest {
    @TempDir
    Path data;

    /** What a command in this process ended with. */
    private record Ended(int code, String out, String err) {}

    private static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.command()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        // What a server in this process has set up is not for the tests after this one.
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger("dev.porthole.access")
                .setLevel(Level.OFF);
        return new Ended(code, out.toString(), err.toString());
    }

    private Ended token(String user) {
        return run("token", "--data-dir", data.toString(), "--user", user);
    }

    @Test
    void keyFromTheRunningServerWorksAndSoDoesOneFromItsFolder() throws Exception {
        String fromRunning;
        try (ServerProcess server = ServerProcess.start(data, "--port", "0")) {
            Ended made = token(ServerProcess.USER);
            assertThat(made.err()).isEmpty();
            assertThat(made.out().lines()).hasSize(1);
            fromRunning = made.out().strip();
            assertThat(server.port()
                            .api("GET", "/me", fromRunning, null)
                            .json()
                            .path("name")
                            .asString())
                    .isEqualTo(ServerProcess.USER);
            assertThat(token("bob").err()).isEqualTo("user: bob (expected: an account's name)\n");
            server.terminate();
            // 128 + SIGTERM: what a shell and a supervisor expect of a program that was told to end, and did.
            assertThat(server.exitCode()).isEqualTo(143);
            assertThat(server.log()).doesNotContain("ERROR");
        }
        Ended offline = token(ServerProcess.USER);
        assertThat(offline.code()).isZero();
        assertThat(token("bob").code()).isEqualTo(1);
        try (ServerProcess again = ServerProcess.start(data, "--port", "0")) {
            assertThat(again.port()
                            .api("GET", "/me", offline.out().strip(), null)
                            .status())
                    .isEqualTo(200);
            assertThat(again.port().api("GET", "/me", fromRunning, null).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void keyForAFolderThatIsNoServersIsRefusedAndTheFolderStaysAsItWas() throws IOException {
        Ended refused = token("ada");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("no server has used this folder yet").hasLineCount(1);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void takenPortIsOneLineThatNamesItsHolder() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended refused = run("--data-dir", data.toString(), "--port", String.valueOf(taken.getLocalPort()));
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .hasLineCount(1)
                    .startsWith("127.0.0.1:" + taken.getLocalPort() + ": can't listen there: it is taken by ")
                    .doesNotContain("Exception");
        }
        assertThat(run("--data-dir", data.toString(), "--port", "0", "--bind", "192.0.2.1")
                        .err())
                .isEqualTo("192.0.2.1:0: can't listen there: Cannot assign requested address\n");
    }

    @Test
    void allThatIsWrongWithTheConfigurationIsSaidAtOnce() throws IOException { // T-R7
        Path config = Files.writeString(data.resolve("server.yml"), "listen:\n  port: 70000\nlog:\n  level: loud\n");
        Ended refused =
                run("--data-dir", data.resolve("data").toString(), "--config", config.toString(), "--base-url", "x");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("listen.port: 70000 (expected: 0-65535)", "log.level: loud", "address.base-url: x")
                .contains("server.yml");
        assertThat(data.resolve("data")).doesNotExist();
        assertThat(run("--port").code()).isEqualTo(2);
    }

    @Test
    void configurationIsCheckedWithoutStartingAnything() throws IOException { // T-R7
        Path folder = data.resolve("data");
        Ended fine = run("check-config", "--data-dir", folder.toString(), "--port", "0");
        assertThat(fine).isEqualTo(new Ended(0, "OK\n", ""));
        Path config = Files.writeString(
                data.resolve("server.yml"), "listen:\n  port: 70000\ndatabase:\n  url: planted-secret\n");
        Ended wrong = run("check-config", "--data-dir", folder.toString(), "--config", config.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err())
                .isEqualTo(config + ":2: listen.port: 70000 (expected: 0-65535)\n" + config
                        + ":4: database.url: not right (expected: postgresql://user:password@host:port/database)\n");
        assertThat(folder).doesNotExist();
    }

    @Test
    void backupOfARunningServerComesBackInAnotherFolder() throws Exception { // T-R1
        Path file = data.resolve("backup.zip");
        Path folder = data.resolve("data");
        String key;
        try (ServerProcess server = ServerProcess.start(folder, "--port", "0")) {
            key = run("token", "--data-dir", folder.toString(), "--user", ServerProcess.USER)
                    .out()
                    .strip();
            assertThat(run("backup", file.toString(), "--data-dir", folder.toString()))
                    .isEqualTo(new Ended(0, "", ""));
            assertThat(run("backup", file.toString(), "--data-dir", folder.toString())
                            .err())
                    .isEqualTo(file + ": is there already (expected: a new file)\n");
            Ended busy = run("restore", file.toString(), "--data-dir", folder.toString(), "--force");
            assertThat(busy.code()).isEqualTo(1);
            assertThat(busy.err()).contains("another server uses this folder").hasLineCount(1);
            assertThat(server.port().api("GET", "/me", key, null).status()).isEqualTo(200);
        }
        Path other = data.resolve("other");
        assertThat(run("restore", file.toString(), "--data-dir", other.toString()))
                .isEqualTo(new Ended(0, "", ""));
        try (ServerProcess restored = ServerProcess.start(other, "--port", "0")) {
            assertThat(restored.port().api("GET", "/me", key, null).status()).isEqualTo(200);
        }
        Ended refused = run("restore", file.toString(), "--data-dir", folder.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("is not empty (expected: an empty folder, or --force");
        Ended forced = run("restore", file.toString(), "--data-dir", folder.toString(), "--force");
        assertThat(forced.code()).isZero();
        assertThat(forced.err()).isEqualTo("what was there is in " + folder.resolve("before-restore-1") + "\n");
        assertThat(run("backup", data.resolve("x").toString()).code()).isEqualTo(2);
        assertThat(run(
                                "backup",
                                data.resolve("x").toString(),
                                "--data-dir",
                                data.resolve("nowhere").toString())
                        .err())
                .contains("is not there (expected: a server's data folder)");
        assertThat(data.resolve("nowhere")).doesNotExist();
    }

    @Test
    void embeddedServerKeepsItsPortAndEndsAfterItsLastLease() throws Exception {
        int port;
        try (ServerProcess server = ServerProcess.start(data, "--embedded")) {
            port = server.port().port();
            AdminClient app = AdminClient.connect(data);
            app.lease();
            try (AdminClient command = AdminClient.connect(data)) {
                command.lease();
                assertThat(command.status().address()).isEqualTo("http://localhost:" + port);
            }
            app.close();
            assertThat(server.exitCode()).isZero();
        }
        try (ServerProcess again = ServerProcess.start(data, "--embedded")) {
            assertThat(again.port().port()).isEqualTo(port);
        }
    }

    @Test
    void noSecretIsInAnyLog() throws Exception { // B-D11, T-C6
        Path config = Files.writeString(data.resolve("server.yml"), "log:\n  requests: detail\n");
        try (ServerProcess server = ServerProcess.start(data, "--port", "0", "--config", config.toString())) {
            PublicPort port = server.port();
            String key = token(ServerProcess.USER).out().strip();
            String project = port.project(key);
            String connector = port.api(
                            "PUT",
                            "/projects/" + project + "/connectors/managed/device-1",
                            key,
                            "{\"name\":\"Laptop\"}")
                    .json()
                    .path("id")
                    .asString();
            String connectToken = port.api("POST", "/connect-tokens", key, "{\"connector\":\"" + connector + "\"}")
                    .json()
                    .path("token")
                    .asString();
            port.session(connectToken).close();
            String external = port.api("POST", "/projects/" + project + "/connectors", key, "{\"name\":\"CI\"}")
                    .json()
                    .path("credential")
                    .asString();
            port.bearer("GET", "/connector", external, null);
            port.api("GET", "/me", "planted-api-key", null);
            port.bearer("GET", "/me", "planted-bearer", null);
            port.form("/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", "planted-refresh"));
            port.form("/sign-in", Map.of("user", "planted-user", "password", "planted-password"));
            port.send("GET", "none.localhost", "/x?token=planted-query", Map.of("Cookie", "s=planted-cookie"), null);
            port.send("GET", "localhost", "/invitations/" + external.substring(4), Map.of(), null);
            try (Socket broken = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
                broken.getOutputStream()
                        .write("GET / HTTP/1.1\r\nplanted-field\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                broken.getInputStream().readAllBytes();
            }
            server.terminate();
            server.exitCode();
            assertThat(server.log())
                    .contains("GET /x -> 404", "POST /oauth/token -> ", "GET /api/v1/me -> 401")
                    .contains(
                            "> GET /x?token=*** HTTP/1.1; ", "Cookie: ***", "x-api-key: ***", "GET /invitations/*** ->")
                    .doesNotContain("planted", key, connectToken, external.substring(4), ServerProcess.PASSWORD);
        }
    }

    @Test
    void requestsAreLoggedInLinesUnlessSomeoneSaysOtherwise() throws Exception { // B-D11
        Path off = Files.writeString(data.resolve("off.yml"), "log:\n  requests: off\n  time-zone: \"+05:30\"\n");
        try (ServerProcess server = ServerProcess.start(data, "--port", "0")) {
            server.port().send("GET", "none.localhost", "/x?y=z", Map.of(), null);
            server.terminate();
            server.exitCode();
            assertThat(server.log().lines().filter(line -> line.contains("GET /x")))
                    .singleElement()
                    .asString()
                    .matches("\\S+Z INFO access GET /x -> 404 in \\d+ ms \\(none.localhost [0-9a-f]{16}\\)");
        }
        try (ServerProcess server = ServerProcess.start(data, "--port", "0", "--config", off.toString())) {
            server.port().send("GET", "none.localhost", "/x?y=z", Map.of(), null);
            server.terminate();
            server.exitCode();
            assertThat(server.log()).contains("+05:30 INFO ").doesNotContain("GET /x");
        }
    }
}
