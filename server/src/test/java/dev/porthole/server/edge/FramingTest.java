package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers could read in two ways end at the edge. */
class FramingTest {
    private static EdgeFixture fixture;
    private static WireAgent agent;

    @BeforeAll
    static void start() throws Exception {
        fixture = new EdgeFixture(settings -> settings.with(new EdgeSettings.Limits(2000, 4000, 20)));
        agent = fixture.agent();
    }

    @AfterAll
    static void stop() {
        agent.close();
        fixture.close();
    }

    // T-W1
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5|Content-Length: 5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5|Content-Length: 6||hello!",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5, 5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: +5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: -5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 0x5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length:  5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5 ||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 5 5||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: ||hello",
                "POST / HTTP/1.1|Host: app.localhost|Content-Length: 99999999999999999999||hello",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding: chunked, identity||0||",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding: identity, chunked||0||",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding: gzip, chunked||0||",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding: xchunked||0||",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding:\u000bchunked||0||",
                "POST / HTTP/1.1|Host: app.localhost|Transfer-Encoding : chunked||0||",
                "POST / HTTP/1.1|Host: app.localhost| Transfer-Encoding: chunked||0||",
                "POST / HTTP/1.0|Host: app.localhost|Transfer-Encoding: chunked||0||",
                "GET / HTTP/1.1|Host: app.localhost|X-A: 1| folded||",
                "GET / HTTP/1.1|Host: app.localhost|X-A: 1|\tfolded||",
                "GET / HTTP/1.1|Host : app.localhost||",
                "GET / HTTP/1.1|Host: app.localhost|X A: 1||",
                "GET / HTTP/1.1|Host: app.localhost|: 1||",
                "GET / HTTP/1.1|Host: app.localhost|no colon||",
                "GET / HTTP/1.1|Host: app.localhost|X-A: a\u0000b||",
                "GET / HTTP/1.1|Host: app.localhost|X-A: a\rb||",
                "GET / HTTP/1.1|Host: app.localhost|X-A: a\nX-B: b||",
                "GET /a b HTTP/1.1|Host: app.localhost||",
                "GET  / HTTP/1.1|Host: app.localhost||",
                "GET / HTTP/1.1 |Host: app.localhost||",
                " GET / HTTP/1.1|Host: app.localhost||",
                "GET\t/ HTTP/1.1|Host: app.localhost||",
                "GET / |Host: app.localhost||",
                "G(T / HTTP/1.1|Host: app.localhost||",
                "GET /\u0007 HTTP/1.1|Host: app.localhost||",
                "GET / HTTP/1.1\nHost: app.localhost\n\n"
            })
    void ambiguousRequestIsRefusedAndTheConnectionCloses(String request) throws Exception {
        agent.requests.clear();
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(request.replace("|", "\r\n"));
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.field("connection")).isEqualTo("close");
            assertThat(visitor.rest()).isEmpty();
        }
        assertThat(agent.requests).isEmpty();
    }

    // T-W1
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "-1\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloXX\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "5;a\rb\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nX-A : 1\r\n\r\n",
                "5\r\nhello\r\n0\r\nX-A: 1\n\r\n",
                "5\r\nhello\r\n0\r\nX-A: 1\r\n folded\r\n\r\n",
                "80000000\r\nhello\r\n0\r\n\r\n",
                "100000005\r\nhello\r\n0\r\n\r\n"
            })
    void strayBytesInChunksNeverMakeACompleteRequest(String chunks) throws Exception {
        agent.requests.clear();
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(400);
            visitor.rest();
        }
        // The head may have been forwarded already; the body must not end there as if it were whole.
        for (WireAgent.AgentSideStream stream : agent.requests) {
            stream.reset.get(10, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(stream.whole).isNotDone();
        }
    }

    // T-W1
    @Test
    void nothingAfterARefusedRequestIsRead() throws Exception {
        agent.requests.clear();
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
                    + "\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(400);
            assertThat(visitor.rest()).isEmpty();
        }
        assertThat(agent.requests).isEmpty();
    }

    // T-W8
    @Test
    void tooLongTargetIs414() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET /" + "a".repeat(2500) + " HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(414);
        }
    }

    // T-W8
    @Test
    void tooLargeOrTooManyFieldsAre431() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nX-A: " + "a".repeat(5000) + "\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(431);
        }
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + "X-A: 1\r\n".repeat(21) + "\r\n");
            assertThat(visitor.read().status()).isEqualTo(431);
        }
    }

    // T-W1
    @Test
    void headInSinglePiecesIsReadLikeOneInOne() throws Exception {
        agent.requests.clear();
        try (RawVisitor visitor = fixture.visitor()) {
            String request = "\r\nPOST /x HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 4\r\n\r\nbody";
            for (byte octet : request.getBytes(StandardCharsets.ISO_8859_1)) {
                visitor.send(new byte[] {octet});
            }
            assertThat(visitor.read().text()).isEqualTo("body");
        }
    }

    // T-W8
    @Test
    void headThatNeverEndsIsGivenUp() throws Exception {
        try (EdgeFixture impatient = new EdgeFixture(settings ->
                        settings.with(EdgeSettings.Times.DEFAULT.withHeaders(java.time.Duration.ofMillis(100))));
                RawVisitor visitor = impatient.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n");
            assertThat(visitor.read().status()).isEqualTo(408);
            assertThat(visitor.rest()).isEmpty();
        }
    }

    // T-W8
    @Test
    void idleConnectionIsClosed() throws Exception {
        try (EdgeFixture impatient = new EdgeFixture(settings ->
                        settings.with(EdgeSettings.Times.DEFAULT.withIdle(java.time.Duration.ofMillis(100))));
                RawVisitor visitor = impatient.visitor()) {
            assertThat(visitor.get("nobody.localhost", "/").status()).isEqualTo(404);
            assertThat(visitor.rest()).isEmpty();
        }
    }
}
