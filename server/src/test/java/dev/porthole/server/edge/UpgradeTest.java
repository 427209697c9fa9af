package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upgrades pass as extended CONNECT (RFC 8441). */
class UpgradeTest {
    private static final String HANDSHAKE =
            "GET /chat?x=1 HTTP/1.1\r\nHost: app.localhost\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

    private EdgeFixture fixture;
    private WireAgent agent;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture();
        agent = fixture.agent();
        agent.app = new WireAgent.App() {};
    }

    @AfterEach
    void stop() {
        agent.close();
        fixture.close();
    }

    // T-W6, B-D6
    @Test
    void webSocketPassesBothWaysUntouched() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(HANDSHAKE);
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.field(":method")).isEqualTo("CONNECT");
            assertThat(stream.field(":protocol")).isEqualTo("websocket");
            assertThat(stream.field(":path")).isEqualTo("/chat?x=1");
            assertThat(stream.field(":authority")).isEqualTo("app.localhost");
            assertThat(stream.field("sec-websocket-key")).isNull();
            assertThat(stream.field("upgrade")).isNull();
            assertThat(stream.field("connection")).isNull();
            assertThat(stream.field("sec-websocket-protocol")).isEqualTo("chat, superchat");
            assertThat(stream.field("sec-websocket-extensions")).isEqualTo("permessage-deflate");
            stream.answer(200, "sec-websocket-protocol", "superchat");
            RawVisitor.Reply reply = visitor.readHead();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.field("upgrade")).isEqualTo("websocket");
            assertThat(reply.field("connection")).isEqualToIgnoringCase("upgrade");
            // The example of RFC 6455, section 1.3.
            assertThat(reply.field("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(reply.field("sec-websocket-protocol")).isEqualTo("superchat");
            byte[] frame = {(byte) 0x81, 0x02, 'h', 'i'};
            stream.send(frame, false);
            assertThat(visitor.bytes(4)).isEqualTo(frame);
            byte[] large = new byte[200_000];
            Arrays.fill(large, (byte) 7);
            visitor.send(large);
            visitor.socket.shutdownOutput();
            assertThat(stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(large);
            // The other way still works after the visitor's end.
            stream.send("bye".getBytes(StandardCharsets.UTF_8), true);
            assertThat(visitor.rest()).asString(StandardCharsets.UTF_8).isEqualTo("bye");
        }
    }

    // T-W6
    @Test
    void agentsEndLetsTheVisitorFinish() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(HANDSHAKE);
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            visitor.readHead();
            stream.send(new byte[0], true);
            assertThat(visitor.rest()).isEmpty();
            visitor.send("last words");
            visitor.socket.shutdownOutput();
            assertThat(stream.whole.get(10, TimeUnit.SECONDS))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("last words");
        }
    }

    // T-W6
    @Test
    void refusedUpgradeShowsTheAppsOwnAnswer() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(HANDSHAKE);
            AgentSideStream stream = agent.nextRequest();
            stream.answer(403, "content-type", "text/plain", "x-app", "yes");
            stream.send("no sockets here".getBytes(StandardCharsets.UTF_8), true);
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.field("x-app")).isEqualTo("yes");
            assertThat(reply.text()).isEqualTo("no sockets here");
        }
    }

    // T-W6
    @Test
    void appThatAnswersPlainlyInsteadOfSwitchingIsShown() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(HANDSHAKE);
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200, "porthole-upgrade", "refused");
            stream.send("a page".getBytes(StandardCharsets.UTF_8), true);
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("a page");
        }
    }

    // T-W6
    @Test
    void otherProtocolsPassUnderTheirOwnName() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: Upgrade\r\nUpgrade: Echo/1.0\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.field(":protocol")).isEqualTo("echo/1.0");
            assertThat(stream.field("porthole-upgrade")).isEqualTo("Echo/1.0");
            stream.answer(200, "porthole-upgrade", "Echo/1.0");
            RawVisitor.Reply reply = visitor.readHead();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.field("upgrade")).isEqualTo("Echo/1.0");
            assertThat(reply.field("porthole-upgrade")).isNull();
            assertThat(reply.field("sec-websocket-accept")).isNull();
        }
    }

    // T-W6
    @Test
    void agentWithoutExtendedConnectGetsAPlainRequest() throws Exception {
        agent.close();
        fixture.awaitEvent("closed");
        WireAgent plain = new WireAgent();
        plain.takesUpgrades = false;
        try (plain;
                RawVisitor visitor = fixture.visitor()) {
            plain.dial(fixture.edge.address(), WireAgent.handshake("good-1"));
            plain.announce(EdgeFixture.TUNNEL);
            visitor.send(HANDSHAKE);
            AgentSideStream stream = plain.nextRequest();
            assertThat(stream.field(":method")).isEqualTo("GET");
            assertThat(stream.field(":protocol")).isNull();
        }
    }

    // T-W1
    @Test
    void upgradeToHttp2IsNotPassedOn() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(
                    "GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.field(":method")).isEqualTo("GET");
            assertThat(stream.field("upgrade")).isNull();
            assertThat(stream.field("http2-settings")).isNull();
        }
    }

    // T-W5
    @Test
    void brokenOffUpgradeEndsInAReset() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(HANDSHAKE);
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            visitor.readHead();
            stream.resetWith(2);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> visitor.bytes(1))
                    .isInstanceOf(java.net.SocketException.class);
        }
    }
}
