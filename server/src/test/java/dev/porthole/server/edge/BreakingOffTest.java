package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends in the middle never looks complete to anyone, and nothing is sent twice. */
class BreakingOffTest {
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

    // T-W5
    @Test
    void answerThatTheAgentResetsStaysOpenEndedForTheVisitor() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send("half".getBytes(StandardCharsets.UTF_8), false);
            stream.resetWith(Http2Error.INTERNAL_ERROR.code());
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.complete()).isFalse();
        }
    }

    // T-W5
    @Test
    void answerShorterThanItsLengthIsCutOff() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200, "content-length", "10");
            stream.send("half".getBytes(StandardCharsets.UTF_8), true);
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.complete()).isFalse();
        }
    }

    // T-W5
    @Test
    void oldVisitorSeesAResetInsteadOfAnEnd() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.0\r\nHost: app.localhost\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send("half".getBytes(StandardCharsets.UTF_8), false);
            visitor.readHead();
            assertThat(visitor.bytes(4)).hasSize(4);
            stream.resetWith(Http2Error.INTERNAL_ERROR.code());
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> visitor.bytes(1))
                    .isInstanceOf(java.net.SocketException.class);
        }
    }

    // T-W5, B-D5
    @Test
    void visitorWhoLeavesCancelsTheRequest() throws Exception {
        AgentSideStream stream;
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET /long HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            stream = agent.nextRequest();
        }
        assertThat(stream.reset.get(10, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
    }

    // T-W5
    @Test
    void visitorWhoLeavesInTheMiddleOfItsBodyNeverSendsAWholeRequest() throws Exception {
        AgentSideStream stream;
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 10\r\n\r\nhalf");
            stream = agent.nextRequest();
        }
        stream.reset.get(10, TimeUnit.SECONDS);
        assertThat(stream.whole).isNotDone();
    }

    // T-W5, B-D5
    @Test
    void lostSessionAnswersWaitingRequestsWith502AndSendsNothingTwice() throws Exception {
        try (WireAgent second = WireAgent.connect(fixture.edge.address(), "good-2");
                RawVisitor visitor = fixture.visitor();
                RawVisitor next = fixture.visitor()) {
            visitor.send("GET /once HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            agent.nextRequest();
            second.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(200);
                }
            };
            second.announce(EdgeFixture.TUNNEL);
            agent.drop();
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.field("porthole-error")).isEqualTo("tunnel_offline");
            // The other session serves what comes next, and never saw the lost request.
            assertThat(next.get("app.localhost", "/next").status()).isEqualTo(200);
            assertThat(second.nextRequest().field(":path")).isEqualTo("/next");
            assertThat(second.requests).isEmpty();
        }
    }

    // T-W5
    @Test
    void answerBeforeTheWholeRequestEndsTheRequest() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 1000000\r\n\r\nstart");
            AgentSideStream stream = agent.nextRequest();
            stream.answerAll(413, "content-length", "0");
            assertThat(visitor.read().status()).isEqualTo(413);
            stream.reset.get(10, TimeUnit.SECONDS);
        }
    }
}
