package dev.porthole.desktop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What probes hear. */
class HealthServerTest {
    private final AgentHealth health = new AgentHealth(new NoServiceManager());
    private CompletableFuture<Void> pulse = CompletableFuture.completedFuture(null);
    private HealthServer server;

    @BeforeEach
    void start() throws Exception {
        server = HealthServer.start(InetAddress.getLoopbackAddress(), 0, health, () -> pulse, "1.2.3");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String ask(String line, String fields) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String get(String path) throws IOException {
        return ask("GET " + path, "Host: 127.0.0.1:" + server.address().getPort() + "\r\n");
    }

    @Test // B-E10
    void readyOnlyWhileItIsConnected() throws Exception {
        assertThat(get("/health/ready")).startsWith("HTTP/1.1 503").contains("\"status\":\"down\"", "\"starting\"");
        health.link(new Link.Connected(2, null));
        assertThat(get("/health/ready"))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"status\":\"up\",\"ready\":true,\"detail\":\"connected\",\"tunnels\":0,"
                        + "\"version\":\"1.2.3\"}\n");
        health.link(new Link.Reconnecting("the server closed the connection", Instant.EPOCH));
        assertThat(get("/health")).startsWith("HTTP/1.1 503").contains("reconnecting: the server closed");
        health.link(new Link.Connected(1, null));
        health.stopping();
        assertThat(get("/health/ready")).startsWith("HTTP/1.1 503").contains("\"stopping\"");
    }

    @Test // B-E10
    void liveWhileItsLoopTurns() throws Exception {
        assertThat(get("/health/live")).startsWith("HTTP/1.1 200").contains("{\"status\":\"up\"}");
        pulse = CompletableFuture.failedFuture(new IllegalStateException("ended"));
        assertThat(get("/health/live")).startsWith("HTTP/1.1 503").contains("{\"status\":\"stuck\"}");
    }

    @Test // T-L1
    void pagesOfABrowserHearNothing() throws Exception {
        String own = "Host: localhost:" + server.address().getPort() + "\r\n";
        assertThat(ask("GET /health/live", own)).startsWith("HTTP/1.1 200").doesNotContain("Access-Control");
        assertThat(ask("GET /health/live", own + "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(ask("GET /health/live", "Host: rebound.evil.example\r\n")).startsWith("HTTP/1.1 403");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(get("/")).startsWith("HTTP/1.1 404");
        assertThat(ask("POST /health", "Host: 127.0.0.1\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
        assertThat(ask("HEAD /health/live", "Host: [::1]\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n");
    }
}
