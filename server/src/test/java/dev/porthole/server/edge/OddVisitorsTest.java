package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors who do what the grammar allows and few expect, or go on after what is refused. */
class OddVisitorsTest {
    private EdgeFixture fixture;
    private WireAgent agent;

    @BeforeEach
    void start() throws Exception {
        start(TrustedProxies.NONE);
    }

    private void start(TrustedProxies trusted) throws Exception {
        fixture = new EdgeFixture(settings -> settings.with(trusted));
        agent = fixture.agent();
    }

    @AfterEach
    void stop() {
        agent.close();
        fixture.close();
    }

    // T-W1: what came before on the connection earns no trust.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "GET / HTTP/1.1|Host: app.localhost|Host: app.localhost||",
                "GET / HTTP/1.1|Host: app.localhost|X-A: 1| folded||",
                "GET / HTTP/1.1\nHost: app.localhost\n\n"
            })
    void ambiguousRequestBehindAGoodOneEndsTheConnection(String second) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST /first HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 2\r\n\r\nok"
                    + second.replace("|", "\r\n"));
            assertThat(visitor.read().text()).isEqualTo("ok");
            assertThat(visitor.read().status()).isEqualTo(400);
            assertThat(visitor.rest()).isEmpty();
        }
        assertThat(agent.nextRequest().field(":path")).isEqualTo("/first");
        assertThat(agent.requests).isEmpty();
    }

    // T-W1: a body is a body, whatever it looks like; its length alone says where the next request begins.
    @Test
    void requestInsideABodyIsNoRequest() throws Exception {
        String inner = "GET /smuggled HTTP/1.1\r\nHost: app.localhost\r\n\r\n";
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST /outer HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: " + inner.length() + "\r\n\r\n"
                    + inner + "POST /next HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(inner.length()) + "\r\n" + inner + "\r\n0\r\n\r\n");
            assertThat(visitor.read().text()).isEqualTo(inner);
            assertThat(visitor.read().text()).isEqualTo(inner);
        }
        assertThat(agent.nextRequest().field(":path")).isEqualTo("/outer");
        assertThat(agent.nextRequest().field(":path")).isEqualTo("/next");
        assertThat(agent.requests).isEmpty();
    }

    // T-W2, B-D15
    @Test
    void trustedProxysWordsAreStrippedByNobody() throws Exception {
        stop();
        start(TrustedProxies.parse(List.of("127.0.0.0/8")));
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: Forwarded, X-Forwarded-For,"
                    + " X-Forwarded-Proto\r\nForwarded: for=203.0.113.9\r\nX-Forwarded-For: 203.0.113.9\r\n"
                    + "X-Forwarded-Proto: https\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(200);
        }
        AgentSideStream seen = agent.nextRequest();
        assertThat(seen.field("forwarded")).isEqualTo("for=203.0.113.9");
        assertThat(seen.field("x-forwarded-for")).startsWith("203.0.113.9");
        assertThat(seen.field("x-forwarded-proto")).isEqualTo("https");
    }

    // T-W3: who was told to wait for 100 need not send what was refused.
    @ParameterizedTest
    @ValueSource(ints = {401, 413, 417})
    void finalAnswerInsteadOf100ReachesWhoWaitsForIt(int status) throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(status, "content-length", "2");
                stream.send("no".getBytes(StandardCharsets.US_ASCII), true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.text()).isEqualTo("no");
        }
    }

    // T-W3: HTTP/1.0 knows no 1xx (RFC 9110, section 15.2).
    @Test
    void oldVisitorsSeeNoInformationalAnswer() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(103, "link", "</a.css>");
                stream.answer(200, "content-length", "2");
                stream.send("ok".getBytes(StandardCharsets.US_ASCII), true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.0\r\nHost: app.localhost\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(200);
        }
    }

    // B-E4, B-D5: what went wrong between agent and app, in the words of the edge.
    @ParameterizedTest
    @CsvSource({"endpoint_refused, 502", "endpoint_timeout, 504"})
    void appThatIsDownOrTooSlowIsSaidSo(String error, int status) throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(status, "porthole-error", error);
                stream.send(new byte[0], true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.field("porthole-error")).isEqualTo(error);
            assertThat(reply.text()).contains("app.localhost");
            // The tunnel stands: the next request is as good as any.
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(status);
        }
        assertThat(agent.closed).isNotDone();
    }

    // T-W5: from the visitor's socket to the app's.
    @Test
    void visitorWhoLeavesEndsTheAppsWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (LiveTunnel tunnel = new LiveTunnel((request, out) -> writeUntilTheEnd(out, begun, ended));
                RawVisitor visitor = tunnel.visitor()) {
            visitor.send("GET /endless HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(visitor.readHead().status()).isEqualTo(200);
            visitor.leave();
            assertThat(ended.await(20, TimeUnit.SECONDS))
                    .as("the app hears of it")
                    .isTrue();
        }
    }

    private static void writeUntilTheEnd(OutputStream out, CountDownLatch begun, CountDownLatch ended)
            throws IOException {
        try {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[1000]);
                out.flush();
                begun.countDown();
            }
        } finally {
            ended.countDown();
        }
    }
}
