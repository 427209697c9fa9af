package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwardedUpgradeTest {
    private final AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test // T-W6
    void aWebSocketPassesUntouchedAndEndsBothWays() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.write(switching(connection.readHead()) + "hello");
            connection.write("[" + connection.read(4) + "]");
            assertThat(connection.socket().getInputStream().read()).isNegative();
            connection.write("bye");
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange socket = edge.open(connect("websocket").set("sec-websocket-protocol", "vite-hmr"), false);
            assertThat(socket.status()).isEqualTo("200");
            assertThat(socket.field("sec-websocket-protocol")).isEqualTo("vite-hmr");
            assertThat(socket.head().contains("sec-websocket-accept")).isFalse();
            socket.send("ping", true);
            assertThat(socket.text()).isEqualTo("hello[ping]bye");
            assertThat(app.nextHead()).startsWith("GET /ws HTTP/1.1").contains("sec-websocket-version: 13");
        }
    }

    @Test // T-W6
    void aRefusedUpgradeShowsTheAppsOwnAnswer() throws Exception {
        try (RawApp app =
                RawApp.answering("HTTP/1.1 403 Forbidden", "X-Why: origin", "Content-Length: 4", "", "nope")) {
            EdgeExchange refused = wire.carrying("tun_1", app.port()).open(connect("websocket"), false);
            assertThat(refused.status()).isEqualTo("403");
            assertThat(refused.field("x-why")).isEqualTo("origin");
            assertThat(refused.text()).isEqualTo("nope");
        }
    }

    @Test
    void aPlainAnswerToAnUpgradeIsToldApart() throws Exception {
        try (RawApp app = RawApp.answering("HTTP/1.1 200 OK", "Content-Length: 5", "", "plain")) {
            EdgeExchange plain =
                    wire.carrying("tun_1", app.port()).open(connect("h2c").set(WireHeaders.UPGRADE, "h2c"), false);
            assertThat(plain.field(WireHeaders.UPGRADE)).isEqualTo(WireHeaders.UPGRADE_REFUSED);
            assertThat(plain.text()).isEqualTo("plain");
        }
    }

    @Test // T-W6: development servers compare Origin and Host of an upgrade as well
    void anUpgradeSeesTheNameThatTheTunnelShows() throws Exception {
        try (RawApp app = new RawApp(connection -> connection.write(switching(connection.readHead())))) {
            Endpoint endpoint = Endpoint.parse("localhost:" + app.port());
            EdgeSession edge = wire.carrying(new CarriedTunnel("tun_1", endpoint, HostHeader.localhost(), false));
            Http2Headers head = connect("websocket").set("origin", "https://quiet-blue-fox.localhost:8080");
            assertThat(edge.open(head.set("x-forwarded-proto", "https"), false).status())
                    .isEqualTo("200");
            assertThat(app.nextHead())
                    .contains("Host: localhost:" + app.port() + "\r\n")
                    .contains("origin: http://localhost:" + app.port() + "\r\n");
        }
    }

    @Test // T-W10
    void aWrongAcceptIsNoWebSocket() throws Exception {
        try (RawApp app = RawApp.answering(
                "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Sec-WebSocket-Accept: x", "", "")) {
            EdgeExchange wrong = wire.carrying("tun_1", app.port()).open(connect("websocket"), false);
            assertThat(wrong.status()).isEqualTo("502");
        }
    }

    private static Http2Headers connect(String protocol) {
        Http2Headers head = EdgeSession.head("CONNECT", "tun_1", "/ws");
        head.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), protocol);
        return head;
    }

    private static String switching(String head) {
        String key = head.lines()
                .filter(line -> line.regionMatches(true, 0, "sec-websocket-key: ", 0, 19))
                .findFirst()
                .orElseThrow()
                .substring(19);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Protocol: vite-hmr\r\nSec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
