package dev.porthole.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server started by hand, a script that shares on it with an API key, and what becomes of both when one is killed.
 */
@Tag("tools")
class ServerProcessIT {
    private static final String LISTENING = "listening on ";
    private static final String READY = "{\"event\":\"ready\"";
    private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

    @TempDir
    private Path folder;

    private final LocalApp app = new LocalApp();
    private Started server;
    private URI base;
    private Distribution agent;

    @BeforeEach
    void startAServerAndMakeAKey() throws Exception {
        server = startServer("0");
        base = URI.create(server.awaitOut(LISTENING).substring(LISTENING.length()));
        try (Started token = new Distribution(folder).start("server", "token", "--data-dir", data(), "--user", "ada")) {
            assertThat(token.exitCode()).describedAs(token.err()).isZero();
            // Alone on standard output: KEY=$(porthole server token ...) is how it is used.
            assertThat(token.out()).matches("\\S+");
            agent = new Distribution(folder)
                    .with("PORTHOLE_SERVER", base.toString())
                    .with("PORTHOLE_API_KEY", token.out());
        }
    }

    @AfterEach
    void endWhatWasStarted() throws Exception {
        server.kill();
        app.close();
    }

    @Test
    void scriptWithAnApiKeySharesWithoutASignIn() throws Exception {
        try (Started share = agent.start("share", app.port())) {
            URI address = URI.create(share.awaitOut("http://"));
            assertThat(Visitor.get(address, "/")).startsWith("HTTP/1.1 200").endsWith(LocalApp.GREETING);
            share.terminate();
            assertThat(share.exitCode()).isZero();
            assertThat(Visitor.get(address, "/")).startsWith("HTTP/1.1 503").contains("Porthole-Error: tunnel_offline");
        }
        server.terminate();
        assertThat(server.exitCode()).isIn(0, 143);
    }

    @Test
    void tunnelServesAgainAfterTheServerWasKilledAndStartedAgain() throws Exception {
        try (Started share = listen()) {
            URI address = address(share.awaitOut(READY));
            server.kill();
            share.awaitOut("{\"event\":\"reconnecting\"");
            server = startServer(String.valueOf(base.getPort()));

            assertThat(address(share.awaitOut(READY))).isEqualTo(address);
            assertThat(Visitor.get(address, "/")).startsWith("HTTP/1.1 200").endsWith(LocalApp.GREETING);
        }
    }

    @Test
    void visitorWhoWaitsForAKilledAgentGets502() throws Exception {
        try (Started share = listen()) {
            URI address = address(share.awaitOut(READY));
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return Visitor.get(address, "/wait");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(app.awaitVisitor()).isTrue();
            share.kill();
            assertThat(answer.get(Started.PATIENCE_SECONDS, TimeUnit.SECONDS)).startsWith("HTTP/1.1 502");
        }
    }

    private Started startServer(String port) throws Exception {
        return new Distribution(folder)
                .with("PORTHOLE_ADMIN_USER", "ada")
                .with("PORTHOLE_ADMIN_PASSWORD", "lanterns over wet cobblestones")
                .start("server", "--data-dir", data(), "--port", port);
    }

    private Started listen() throws Exception {
        return agent.start("tunnel", "listen", "--endpoint", "127.0.0.1:" + app.port(), "--output", "json");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static URI address(String event) {
        Matcher url = URL.matcher(event);
        assertThat(url.find()).describedAs(event).isTrue();
        return URI.create(url.group(1));
    }
}
