package dev.porthole.server.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the app hears of the visitor, and the visitor of the app. */
class FieldsTest {
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

    private AgentSideStream sent(String fields) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost:8080\r\n" + fields + "\r\n");
            assertThat(visitor.read().status()).isEqualTo(200);
            return agent.nextRequest();
        }
    }

    // T-W2
    @Test
    void hopByHopFieldsAndThoseThatConnectionNamesGo() throws Exception {
        AgentSideStream stream = sent("Connection: keep-alive, X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\n"
                + "Proxy-Connection: keep-alive\r\nTE: trailers\r\nUpgrade: foo\r\nX-Kept: 1\r\n");
        for (String gone : List.of("connection", "x-private", "keep-alive", "proxy-connection", "upgrade")) {
            assertThat(stream.field(gone)).as(gone).isNull();
        }
        assertThat(stream.field("te")).isEqualTo("trailers");
        assertThat(stream.field("x-kept")).isEqualTo("1");
    }

    // T-W2
    @Test
    void nobodyStripsWhatTheNextOneReliesOn() throws Exception {
        AgentSideStream stream = sent("Connection: X-Forwarded-For, Host, Authorization, Cookie, X-Forwarded-Proto\r\n"
                + "Authorization: Basic abc\r\nCookie: a=1\r\n");
        assertThat(stream.field("authorization")).isEqualTo("Basic abc");
        assertThat(stream.field("cookie")).isEqualTo("a=1");
        assertThat(stream.field("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(stream.field("x-forwarded-proto")).isEqualTo("http");
        assertThat(stream.field(":authority")).isEqualTo("app.localhost:8080");
    }

    // T-W2, B-D15
    @Test
    void visitorsOwnForwardedAndInternalFieldsAreReplaced() throws Exception {
        AgentSideStream stream = sent("X-Forwarded-For: 6.6.6.6\r\nX-FORWARDED-HOST: evil\r\nForwarded: for=6.6.6.6\r\n"
                + "X-Forwarded-Prefix: /evil\r\nPorthole-Tunnel: tun_other\r\nporthole-request-id: 1\r\n"
                + "Porthole-Probe: 00\r\nPorthole-Edge-Secret: x\r\n");
        assertThat(stream.request.getAll("x-forwarded-for")).hasToString("[127.0.0.1]");
        assertThat(stream.field("x-forwarded-host")).isEqualTo("app.localhost:8080");
        assertThat(stream.field("x-forwarded-port")).isEqualTo("8080");
        assertThat(stream.field("forwarded")).isNull();
        assertThat(stream.field("x-forwarded-prefix")).isNull();
        assertThat(stream.request.getAll("porthole-tunnel")).hasToString("[tun_app]");
        assertThat(stream.request.getAll("porthole-request-id")).hasSize(1);
        assertThat(stream.field("porthole-probe")).isNull();
        assertThat(stream.field("porthole-edge-secret")).isNull();
    }

    // T-W2, B-E8
    @Test
    void trustedProxySpeaksForTheVisitor() throws Exception {
        stop();
        start(TrustedProxies.parse(List.of("127.0.0.0/8", "::1")));
        AgentSideStream stream = sent("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
                + "X-Forwarded-Host: www.example.com\r\nForwarded: for=203.0.113.9\r\n");
        assertThat(stream.field("x-forwarded-for")).isEqualTo("203.0.113.9, 127.0.0.1");
        assertThat(stream.field("x-forwarded-proto")).isEqualTo("https");
        assertThat(stream.field("x-forwarded-host")).isEqualTo("www.example.com");
        assertThat(stream.field("forwarded")).isEqualTo("for=203.0.113.9");
    }

    // T-W2
    @Test
    void severalCookieFieldsBecomeOne() throws Exception {
        AgentSideStream stream = sent("Cookie: a=1\r\nCookie: b=2\r\n");
        assertThat(stream.request.getAll("cookie")).hasToString("[a=1; b=2]");
    }

    // T-W2
    @Test
    void internalFieldsOfAnswersStayInside() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answerAll(200, "porthole-tunnel", "tun_1", "porthole-probe", "x", "x-app", "1");
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertThat(reply.field("x-app")).isEqualTo("1");
            assertThat(reply.fields())
                    .noneMatch(field -> field.toLowerCase(java.util.Locale.ROOT).startsWith("porthole-"));
        }
    }

    // T-W3
    @Test
    void trailersPassBothWays() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void complete(AgentSideStream stream) {
                stream.answer(200);
                stream.send(new byte[] {'x'}, false);
                stream.answer(trailers(), true);
            }

            private Http2Headers trailers() {
                return new DefaultHttp2Headers().add("x-sum", "42").add("content-length", "9");
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1\r\na\r\n0\r\nX-Check: 7\r\nHost: evil\r\nContent-Length: 3\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.trailers()).containsExactly("x-sum: 42");
            AgentSideStream stream = agent.nextRequest();
            Http2Headers trailers = requireNonNull(stream.trailers);
            assertThat(trailers.get("x-check")).hasToString("7");
            assertThat(trailers.contains("host")).isFalse();
            assertThat(trailers.contains("content-length")).isFalse();
        }
    }

    // T-W3
    @Test
    void informationalAnswersPass() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(100);
                stream.answer(103, "link", "</a.css>; rel=preload");
            }

            @Override
            public void complete(AgentSideStream stream) {
                stream.answer(200);
                stream.send(stream.body(), true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(100);
            RawVisitor.Reply hints = visitor.read();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.field("link")).isEqualTo("</a.css>; rel=preload");
            visitor.send("ok");
            assertThat(visitor.read().text()).isEqualTo("ok");
            assertThat(visitor.get("nobody.localhost", "/").status()).isEqualTo(404);
        }
    }

    // T-W3
    @Test
    void headAnd204And304HaveNoBody() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                String path = String.valueOf(stream.field(":path"));
                switch (path) {
                    case "/head" -> stream.answerAll(200, "content-length", "1234");
                    case "/204" -> stream.answerAll(204);
                    case "/304" -> stream.answerAll(304, "etag", "\"1\"");
                    default -> stream.answerAll(200);
                }
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("HEAD /head HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            RawVisitor.Reply head = visitor.read(true);
            assertThat(head.field("content-length")).isEqualTo("1234");
            RawVisitor.Reply noContent = visitor.get("app.localhost", "/204");
            assertThat(noContent.status()).isEqualTo(204);
            assertThat(noContent.field("content-length")).isNull();
            assertThat(noContent.field("transfer-encoding")).isNull();
            RawVisitor.Reply notModified = visitor.get("app.localhost", "/304");
            assertThat(notModified.field("etag")).isEqualTo("\"1\"");
            assertThat(notModified.field("transfer-encoding")).isNull();
            assertThat(visitor.get("app.localhost", "/empty").field("content-length"))
                    .isEqualTo("0");
            assertThat(visitor.get("app.localhost", "/204").status()).isEqualTo(204);
        }
    }

    // T-W3
    @Test
    void unknownMethodsPass() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("PROPFIND-X / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 1\r\n\r\na");
            assertThat(visitor.read().text()).isEqualTo("a");
            assertThat(agent.nextRequest().field(":method")).isEqualTo("PROPFIND-X");
        }
    }

    // T-W3
    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            StringBuilder all = new StringBuilder();
            for (int at = 0; at < 200; at++) {
                all.append("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 3\r\n\r\n")
                        .append(100 + at);
                all.append("GET / HTTP/1.1\r\nHost: nobody.localhost\r\n\r\n");
            }
            visitor.send(all.toString());
            for (int at = 0; at < 200; at++) {
                assertThat(visitor.read().text()).isEqualTo("" + (100 + at));
                assertThat(visitor.read().status()).isEqualTo(404);
            }
        }
    }

    // T-W3
    @Test
    void oldVisitorsGetNoChunks() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.0\r\nHost: app.localhost\r\nContent-Length: 3\r\n\r\nabc");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.field("transfer-encoding")).isNull();
            assertThat(reply.field("connection")).isEqualTo("close");
            assertThat(reply.text()).isEqualTo("abc");
        }
    }

    // T-L4
    @Test
    void accessLinesCantBeForged() {
        assertThat(AccessLog.printable("/a\r\n\u001b[31m\u0085b\\"))
                .isEqualTo("/a\\u000d\\u000a\\u001b[31m\\u0085b\\u005c");
    }
}
