package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent is trusted as little as a visitor. */
class HostileAgentTest {
    private EdgeFixture fixture;
    private WireAgent agent;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture();
        agent = fixture.agent();
    }

    @AfterEach
    void stop() {
        agent.close();
        fixture.close();
    }

    // T-W10, B-B9
    @Test
    void foreignTunnelCantBeClaimed() throws Exception {
        fixture.routes.put(new TunnelRoute("tun_foreign", "prj_2", "foreign", EdgeFixture.ENDPOINT, true));
        ControlMessage.Acknowledge word = agent.announce("tun_foreign", "tun_other");
        assertThat(word.accepted()).containsExactly("tun_other");
        assertThat(word.refused()).containsExactly("tun_foreign");
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: foreign.localhost\r\nContent-Length: 0\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(503);
        }
        assertThat(agent.requests).isEmpty();
    }

    // T-W10
    @ParameterizedTest
    @ValueSource(strings = {"0", "99", "101", "600", "20", "abc", "2000", "+20"})
    void answerWithABadStatusIs502(String status) throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(new DefaultHttp2Headers(false).status(status), false);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(502);
        }
    }

    // T-W10
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-a=a\r\nset-cookie: b=1",
                "x-a=a\u0000b",
                "x-a=a\nb",
                "bad name=1",
                "bad:name=1",
                "content-length=+5",
                "content-length=5, 6",
                "content-length=",
                "X-Upper=1"
            })
    void answerWithAFieldThatIsNoHttpIsNeverPassedOn(String field) throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                String[] parts = field.split("=", 2);
                stream.answer(AgentSideStream.headers(200, parts[0], parts[1]), false);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.field("set-cookie")).isNull();
        }
    }

    // T-W10
    @Test
    void answersOwnFramingFieldsAreNotBelieved() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(200, "content-length", "3");
                stream.send("12345".getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            byte[] all = visitor.rest();
            assertThat(new String(all, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("12345");
        }
    }

    // T-W10
    @Test
    void agentThatOpensAStreamLosesItsSession() throws Exception {
        // HEADERS on stream 2, END_STREAM and END_HEADERS, ":method: GET" from the static table.
        agent.frame(new byte[] {0, 0, 1, 1, 5, 0, 0, 0, 2, (byte) 0x82});
        fixture.awaitEvent("closed [tun_app]");
    }

    // T-W10
    @Test
    void agentThatPushesLosesItsSession() throws Exception {
        // PUSH_PROMISE on the control stream (3) promising stream 2.
        agent.frame(new byte[] {0, 0, 5, 5, 4, 0, 0, 0, 3, 0, 0, 0, 2, (byte) 0x82});
        fixture.awaitEvent("closed [tun_app]");
    }

    // T-W10
    @Test
    void brokenControlMessageEndsTheSession() throws Exception {
        agent.raw(new byte[] {0x7f, 0, 0, 0});
        fixture.awaitEvent("closed [tun_app]");
    }

    // T-W10
    @Test
    void tooLargeAnswerFieldsEndTheStreamOrTheSessionAndNotTheEdge() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(200, "x-large", "a".repeat(70_000));
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(502);
            assertThat(visitor.get("nobody.localhost", "/").status()).isEqualTo(404);
        }
    }

    // T-W10
    @Test
    void unknownMessagesAreIgnored() throws Exception {
        agent.say(new ControlMessage.Unknown("from-a-newer-agent"));
        agent.say(new ControlMessage.Acknowledge(List.of("tun_app"), List.of()));
        assertThat(agent.announce("tun_other").accepted()).containsExactly("tun_other");
    }

    // T-W10
    @Test
    void agentsErrorBecomesAPageOfTheEdge() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(502, "porthole-error", "endpoint_refused", "set-cookie", "a=1");
                stream.send("<b>connection refused</b>".getBytes(java.nio.charset.StandardCharsets.UTF_8), true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.field("porthole-error")).isEqualTo("endpoint_refused");
            assertThat(reply.field("set-cookie")).isNull();
            assertThat(reply.text()).doesNotContain("<b>").contains("app.localhost");
        }
        fixture.awaitEvent("endpointFailed tun_app ENDPOINT_REFUSED");
        assertThat(agent.closed).isNotDone();
        agent.say(new ControlMessage.Withdraw(List.of("tun_app")));
        fixture.awaitEvent("withdrawn [tun_app]");
    }
}
