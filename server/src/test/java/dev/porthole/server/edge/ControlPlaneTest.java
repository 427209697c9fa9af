package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's own hosts lead to the control plane's listener. */
class ControlPlaneTest {
    private ServerSocket controlPlane;
    private EdgeFixture fixture;

    @BeforeEach
    void start() throws Exception {
        controlPlane = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        fixture = new EdgeFixture(this::inFrontOfTheControlPlane);
    }

    private EdgeSettings inFrontOfTheControlPlane(EdgeSettings settings) {
        return new EdgeSettings(
                settings.bind(),
                settings.ownHosts(),
                settings.tunnelDomain(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPlane.getLocalPort()),
                settings.controlPlaneSecret());
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        controlPlane.close();
    }

    /** Takes one connection, reads a head and {@code body} bytes, and leaves the rest to the test. */
    private CompletableFuture<Taken> take(int body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = controlPlane.accept();
                ByteArrayOutputStream head = new ByteArrayOutputStream();
                while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    head.write(socket.getInputStream().read());
                }
                byte[] rest = socket.getInputStream().readNBytes(body);
                return new Taken(socket, head.toString(StandardCharsets.ISO_8859_1), rest);
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
    }

    private record Taken(Socket socket, String head, byte[] body) {
        void answer(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    // T-W2, B-D15
    @Test
    void requestArrivesWithSecretAndRewrittenFields() throws Exception {
        CompletableFuture<Taken> arrived = take(5);
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST /api/v1/x%2Fy?a=%20 HTTP/1.1\r\nHost: LocalHost:8080\r\nX-Forwarded-For: 6.6.6.6\r\n"
                    + "Porthole-Edge-Secret: forged\r\nForwarded: for=6.6.6.6\r\nConnection: keep-alive, X-Private\r\n"
                    + "X-Private: 1\r\nX-Custom: a\r\nContent-Length: 5\r\n\r\nhello");
            Taken taken = arrived.get(10, TimeUnit.SECONDS);
            assertThat(taken.head)
                    .startsWith("POST /api/v1/x%2Fy?a=%20 HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: LocalHost:8080\r\n")
                    .contains("porthole-edge-secret: edge-secret\r\n", "x-forwarded-for: 127.0.0.1\r\n")
                    .contains("x-forwarded-proto: http\r\n", "x-forwarded-host: LocalHost:8080\r\n")
                    .contains("x-forwarded-port: 8080\r\n", "X-Custom: a\r\n")
                    .doesNotContain("forged", "6.6.6.6", "X-Private");
            assertThat(taken.body).asString(StandardCharsets.UTF_8).isEqualTo("hello");
            taken.answer("HTTP/1.1 201 Created\r\nContent-Length: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nok");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.text()).isEqualTo("ok");
            assertThat(reply.fields("set-cookie")).containsExactly("a", "b");
            assertThat(reply.field("connection")).isNull();
            taken.socket.close();
            assertThat(visitor.get("nobody.localhost", "/").status()).isEqualTo(404);
        }
    }

    // T-W4
    @Test
    void eventsOfTheControlPlaneFlowAtOnce() throws Exception {
        CompletableFuture<Taken> arrived = take(0);
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET /api/v1/projects/p/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Taken taken = arrived.get(10, TimeUnit.SECONDS);
            taken.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            visitor.readHead();
            taken.answer("5\r\nid:1\n\r\n");
            visitor.line();
            assertThat(visitor.line()).isEqualTo("id:1");
            // The visitor's end is the control plane's.
            visitor.leave();
            assertThat(taken.socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    // T-W8
    @Test
    void readerWhoTakesNothingOfAnEventStreamIsLetGo() throws Exception {
        CompletableFuture<Taken> arrived = take(0);
        EdgeSettings.Times impatient = EdgeSettings.Times.DEFAULT.withStall(Duration.ofMillis(200));
        try (EdgeFixture edge = new EdgeFixture(
                        settings -> inFrontOfTheControlPlane(settings).with(impatient));
                RawVisitor visitor = edge.visitor()) {
            visitor.send("GET /api/v1/projects/p/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Taken taken = arrived.get(10, TimeUnit.SECONDS);
            taken.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            String event = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
            // The writer's end; without it, this would write for ever, or wait for ever.
            assertThatThrownBy(() -> {
                        while (true) {
                            taken.answer(event);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    // T-W5
    @Test
    void brokenOffAnswerStaysIncomplete() throws Exception {
        CompletableFuture<Taken> arrived = take(0);
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: porthole.localhost\r\n\r\n");
            Taken taken = arrived.get(10, TimeUnit.SECONDS);
            taken.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
            taken.socket.close();
            assertThat(visitor.read().complete()).isFalse();
        }
    }

    // B-D15
    @Test
    void controlPlaneThatIsDownIs502() throws Exception {
        controlPlane.close();
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.field("content-type")).isEqualTo("application/problem+json");
        }
    }
}
