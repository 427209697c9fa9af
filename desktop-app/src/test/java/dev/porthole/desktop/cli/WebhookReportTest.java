package dev.porthole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The webhook of an app, from the command line's side; what GitHub hears is tested in the core. */
class WebhookReportTest {
    @TempDir
    private Path folder;

    private HttpServer gitHub;
    private final BlockingQueue<String> urls = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private ManyTunnels porthole;
    private CommandRun command;

    @BeforeEach
    void start() throws Exception {
        gitHub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gitHub.createContext("/app/hook/config", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            urls.add(JsonMapper.shared().readTree(body).get("url").asString());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        gitHub.start();
        porthole = new ManyTunnels(folder.resolve("home"));
        command = new CommandRun(porthole);
        command.environment.put(
                "PORTHOLE_GITHUB_API", "http://localhost:" + gitHub.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        gitHub.stop(0);
    }

    private Path key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Files.writeString(
                folder.resolve("app.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private String nextUrl() throws InterruptedException {
        String url = urls.poll(10, TimeUnit.SECONDS);
        assertThat(url).isNotNull();
        return url;
    }

    @Test // B-D10
    void listenSetsTheWebhookOnceReadyAndEachTimeTheAddressChanges() throws Exception {
        CompletableFuture<Integer> code = command.start(
                "tunnel",
                "listen",
                "--endpoint",
                "3000",
                "--github-app",
                "12345",
                "--github-key",
                key().toString(),
                "--github-path",
                "/hook");
        assertThat(nextUrl()).isEqualTo("http://name-1.localhost:8080/hook");
        command.awaitErr("Webhook of app 12345: http://name-1.localhost:8080/hook");

        Tunnel now = porthole.state("tun_1").tunnel();
        Tunnel moved = new Tunnel(
                now.id(),
                now.project(),
                now.name(),
                now.label(),
                now.endpoint(),
                now.hostHeader(),
                "http://127.0.0.1:20007",
                true,
                now.connector(),
                List.of(),
                now.version() + 1,
                Instant.EPOCH,
                null,
                null);
        porthole.tunnels.set(List.of(FakePorthole.ready(moved)));
        assertThat(nextUrl()).isEqualTo("http://127.0.0.1:20007/hook");

        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-D10
    void refusalIsOneLineAndTheTunnelStaysUp() throws Exception {
        status = 404;
        CompletableFuture<Integer> code = command.start(
                "tunnel",
                "listen",
                "--endpoint",
                "3000",
                "--github-app",
                "1",
                "--github-key",
                key().toString(),
                "-o",
                "json");
        assertThat(command.awaitOut("{\"event\":\"webhook\""))
                .contains("\"state\":\"failed\"", "GitHub knows no app 1 with a webhook");
        assertThat(porthole.state("tun_1").phase()).isEqualTo(TunnelState.Phase.READY);
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test // B-D10
    void missingKeyIsSaidOnceTheTunnelIsUpAndAWrongPathBefore() throws Exception {
        CompletableFuture<Integer> code = command.start("tunnel", "listen", "--endpoint", "3000", "--github-app", "1");
        command.awaitErr("Webhook not set: the app's private key: not given (expected: its file, or"
                + " PORTHOLE_GITHUB_APP_KEY)");
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();

        CommandRun wrong = new CommandRun(porthole);
        assertThat(wrong.run("tunnel", "listen", "--endpoint", "3000", "--github-app", "1", "--github-path", "hook"))
                .isEqualTo(2);
        assertThat(wrong.err()).contains("path: hook (expected: a path such as /webhook)");
        assertThat(wrong.run("tunnel", "listen", "--endpoint", "3000", "--github-path", "/hook"))
                .isEqualTo(2);
    }

    @Test // B-D10
    void declaredAppFollowsItsTunnelAndItsEdits() throws Exception {
        key();
        Path file = folder.resolve("porthole.yml");
        declare(file, "/hook");
        CompletableFuture<Integer> code = command.start("up", "--file", file.toString());
        assertThat(nextUrl()).isEqualTo("http://name-1.localhost:8080/hook");
        command.awaitErr("web: Webhook of app Iv1.a: http://name-1.localhost:8080/hook");

        declare(file, "/deliveries");
        assertThat(nextUrl()).isEqualTo("http://name-1.localhost:8080/deliveries");
        command.awaitOut("web: changed github-app: ");
        assertThat(porthole.done.stream().filter(what -> what.startsWith("shared " + Endpoint.parse("3000"))))
                .hasSize(1);
        command.interrupt();
        assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    }

    private static void declare(Path file, String path) throws IOException {
        Files.writeString(
                file,
                "tunnels: {web: {endpoint: 3000, github-app: {app-id: Iv1.a, private-key-file: app.pem, path: " + path
                        + "}}}");
    }
}
