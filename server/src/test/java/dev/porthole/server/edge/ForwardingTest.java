package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests and answers pass through edge and session as they are. */
class ForwardingTest {
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

    // T-W3, B-D4
    @Test
    void pathAndQueryTravelByteForByte() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/a%2Fb//../c?a&a=&b=%20\u00ff")
                            .status())
                    .isEqualTo(200);
            AgentSideStream stream = agent.nextRequest();
            byte[] path = io.netty.util.AsciiString.of(stream.request.path()).toByteArray();
            assertThat(new String(path, StandardCharsets.ISO_8859_1)).isEqualTo("/a%2Fb//../c?a&a=&b=%20\u00ff");
            assertThat(stream.field(":method")).isEqualTo("GET");
            assertThat(stream.field(":authority")).isEqualTo("app.localhost");
            assertThat(stream.field("porthole-tunnel")).isEqualTo("tun_app");
            assertThat(stream.field("porthole-request-id")).hasSize(16);
        }
    }

    // B-D4
    @Test
    void bodyComesBackByteForByte() throws Exception {
        byte[] body = new byte[300_000];
        new java.util.Random(1).nextBytes(body);
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST /e HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 300000\r\n\r\n")
                    .send(body);
            assertThat(visitor.read().body()).isEqualTo(body);
            visitor.send("POST /e HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            visitor.send("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
            assertThat(visitor.read().text()).isEqualTo("hello world");
        }
    }

    // B-D4: a body with a length is no lines, whatever its bytes look like.
    @Test
    void bodyThatLooksLikeAFoldedTrailerIsABody() throws Exception {
        String body = " a\r\n b\r\n\tc\r\n\r\n ";
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST /e HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: " + body.length() + "\r\n\r\n");
            visitor.send(body.substring(0, 6));
            visitor.send(body.substring(6));
            assertThat(visitor.read().text()).isEqualTo(body);
        }
    }

    // T-W3
    @Test
    void repeatedFieldsStayInOrder() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answerAll(200, "set-cookie", "a=1", "x-one", "1", "set-cookie", "b=2", "x-one", "2");
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nX-A: 1\r\nX-A: 2\r\nx-a: 3\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.fields("set-cookie")).containsExactly("a=1", "b=2");
            assertThat(reply.fields("x-one")).containsExactly("1", "2");
            assertThat(agent.nextRequest().request.getAll("x-a").stream().map(Object::toString))
                    .isEqualTo(List.of("1", "2", "3"));
        }
    }
}
