package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.wire.ControlMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sessions begin, carry, and end. */
class SessionTest {
    private EdgeFixture fixture;

    @BeforeEach
    void start() {
        fixture = new EdgeFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    // T-W10
    @Test
    void handshakeIsAnsweredAsTheDraftSays() throws Exception {
        try (RawVisitor agent = fixture.visitor()) {
            agent.send(WireAgent.handshake("good-1"));
            RawVisitor.Reply reply = agent.readHead();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.field("connection")).isEqualToIgnoringCase("upgrade");
            assertThat(reply.field("upgrade")).isEqualTo("ptth");
            assertThat(reply.field("alpn")).isEqualTo("h2");
            assertThat(reply.field("porthole-wire")).isEqualTo("1");
            // The edge is the client now: it speaks first (RFC 9113, section 3.4).
            assertThat(new String(agent.bytes(24), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        }
    }

    // T-W10
    @Test
    void aWebSocketsHandshakeIsAnsweredAsItsStandardSays() throws Exception {
        try (RawVisitor agent = fixture.visitor()) {
            agent.send(webSocketHandshake());
            RawVisitor.Reply reply = agent.readHead();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.field("upgrade")).isEqualTo("websocket");
            assertThat(reply.field("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(reply.field("sec-websocket-protocol")).isEqualTo("porthole.ptth");
            // A binary frame that is not masked, and in it HTTP/2's preface.
            byte[] frame = agent.bytes(7);
            assertThat(frame).startsWith(0x82);
            int header = frame[1] == 126 ? 4 : 2;
            assertThat(new String(frame, header, 3, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("PRI");
        }
    }

    // T-W10
    @ParameterizedTest
    @CsvSource({
        "'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Key: short', 400",
        "'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 8', 400",
        "'Sec-WebSocket-Protocol: porthole.ptth', 'Sec-WebSocket-Protocol: chat', 426",
        "'Authorization: Bearer good-1', 'Authorization: Bearer bad', 401"
    })
    void aWebSocketThatIsNoSessionIsRefusedInWords(String right, String wrong, int status) throws Exception {
        try (RawVisitor agent = fixture.visitor()) {
            agent.send(webSocketHandshake().replace(right, wrong));
            assertThat(agent.read().status()).isEqualTo(status);
        }
    }

    private static String webSocketHandshake() {
        return WireAgent.handshake("good-1")
                .replace(
                        "Upgrade: ptth\r\n",
                        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Protocol: porthole.ptth\r\n");
    }

    // T-W10, B-C6
    @ParameterizedTest
    @CsvSource({
        "'Authorization: Bearer good-1', 'Authorization: Bearer bad', 401",
        "'Authorization: Bearer good-1', 'Authorization: Basic good-1', 401",
        "'Authorization: Bearer good-1', 'X-None: 1', 401",
        "'Upgrade: ptth', 'Upgrade: websocket', 426",
        "'Connection: upgrade', 'Connection: keep-alive', 426",
        "'ALPN: h2', 'ALPN: http%2F1.1', 400",
        "'Porthole-Wire: 1', 'Porthole-Wire: one', 400",
        "'Porthole-Instance: instance-', 'Porthole-Instance: x/', 400",
        "'GET ', 'POST ', 405"
    })
    void badHandshakeIsRefusedInWords(String right, String wrong, int status) throws Exception {
        try (RawVisitor agent = fixture.visitor()) {
            agent.send(WireAgent.handshake("good-1").replace(right, wrong));
            RawVisitor.Reply reply = agent.read();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.field("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.text()).contains("\"detail\":").doesNotContain("good-1");
            assertThat(agent.rest()).isEmpty();
        }
    }

    // B-D12
    @Test
    void eventsTellASessionsStoryInOrder() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            assertThat(fixture.nextEvent()).isEqualTo("opened con_good-1 test/1");
            assertThat(fixture.nextEvent()).isEqualTo("carried [tun_app]");
            agent.say(new ControlMessage.Withdraw(java.util.List.of("tun_app", "tun_unknown")));
            assertThat(fixture.nextEvent()).isEqualTo("withdrawn [tun_app]");
            agent.announce("tun_app");
            assertThat(fixture.nextEvent()).isEqualTo("carried [tun_app]");
        }
        assertThat(fixture.nextEvent()).isEqualTo("closed [tun_app]");
    }

    // B-C3, T-I8
    @Test
    void revokedCredentialEndsItsSessionsAndNoOthers() throws Exception {
        try (WireAgent first = WireAgent.connect(fixture.edge.address(), "good-1");
                WireAgent second = WireAgent.connect(fixture.edge.address(), "good-2")) {
            first.announce(EdgeFixture.TUNNEL);
            second.announce(EdgeFixture.TUNNEL);
            fixture.edge.endSessions(grant -> grant.parent().equals("par_good-1"));
            first.closed.get(10, TimeUnit.SECONDS);
            fixture.awaitEvent("closed");
            assertThat(second.closed).isNotDone();
            try (RawVisitor visitor = fixture.visitor()) {
                assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(200);
            }
        }
    }

    // B-D8
    @Test
    void secondAgentJoinsAndTheFirstOnesLeavingDoesNotRemoveIt() throws Exception {
        try (WireAgent first = fixture.agent();
                WireAgent second = WireAgent.connect(fixture.edge.address(), "good-2");
                RawVisitor one = fixture.visitor();
                RawVisitor two = fixture.visitor();
                RawVisitor later = fixture.visitor()) {
            second.announce(EdgeFixture.TUNNEL);
            first.app = new WireAgent.App() {};
            second.app = new WireAgent.App() {};
            one.send("GET /1 HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            two.send("GET /2 HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            // The least loaded session is taken: of two requests that wait, each agent has one.
            first.nextRequest();
            second.nextRequest();
            first.drop();
            fixture.awaitEvent("closed");
            second.app = WireAgent.ECHO;
            assertThat(later.get("app.localhost", "/3").status()).isEqualTo(200);
            assertThat(second.nextRequest().field(":path")).isEqualTo("/3");
        }
    }

    // T-R3
    @Test
    void safeRequestWaitsForTheReturningAgent() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET /soon HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            // The edge has taken the request when it has answered a later one on the same loop.
            try (RawVisitor other = fixture.visitor()) {
                other.get("nobody.localhost", "/");
            }
            try (WireAgent agent = fixture.agent()) {
                assertThat(visitor.read().status()).isEqualTo(200);
                assertThat(agent.nextRequest().field(":path")).isEqualTo("/soon");
            }
        }
    }

    // T-R3
    @Test
    void visitorWhoStopsWaitingLeavesNothingBehind() throws Exception {
        try (RawVisitor visitor = fixture.visitor();
                RawVisitor other = fixture.visitor()) {
            visitor.send("GET /soon HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            other.get("nobody.localhost", "/");
            visitor.leave();
            other.get("nobody.localhost", "/");
            other.get("nobody.localhost", "/");
            try (WireAgent agent = fixture.agent()) {
                assertThat(other.get("app.localhost", "/later").status()).isEqualTo(200);
                assertThat(agent.nextRequest().field(":path")).isEqualTo("/later");
            }
        }
    }

    // B-A6
    @Test
    void agentThatDoesNotAnswerPingsIsDead() throws Exception {
        try (EdgeFixture impatient = new EdgeFixture(
                        settings -> settings.with(EdgeSettings.Times.DEFAULT.withPing(Duration.ofMillis(100))));
                RawVisitor mute = impatient.visitor()) {
            mute.send(WireAgent.handshake("good-1"));
            mute.readHead();
            mute.rest();
            impatient.awaitEvent("opened");
            assertThat(impatient.nextEvent()).isEqualTo("closed []");
        }
    }

    // T-R4
    @Test
    void closingEdgeLetsRunningExchangesFinishAndTellsAgents() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawVisitor visitor = fixture.visitor();
                RawVisitor idle = fixture.visitor()) {
            agent.app = new WireAgent.App() {};
            assertThat(idle.get("nobody.localhost", "/").status()).isEqualTo(404);
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            WireAgent.AgentSideStream stream = agent.nextRequest();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(fixture.edge::close);
            assertThat(agent.next()).isEqualTo(new ControlMessage.Drain("the server stops"));
            assertThat(idle.rest()).isEmpty();
            stream.answer(200);
            stream.send(new byte[] {'y'}, true);
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.text()).isEqualTo("y");
            assertThat(reply.complete()).isTrue();
            closed.get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> new RawVisitor(fixture.edge.address())).isInstanceOf(java.io.IOException.class);
        }
    }
}
