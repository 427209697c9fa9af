package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.TunnelRoute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name leads where it should, and what leads nowhere says so. */
class RoutingTest {
    private EdgeFixture fixture;
    private WireAgent agent;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture(settings ->
                settings.with(EdgeSettings.Times.DEFAULT.withReturningAgent(java.time.Duration.ofMillis(50))));
        agent = fixture.agent();
    }

    @AfterEach
    void stop() {
        agent.close();
        fixture.close();
    }

    // T-W7, B-D7
    @ParameterizedTest
    @ValueSource(
            strings = {"app.localhost", "APP.LocalHost", "app.localhost:8080", "app.localhost:1", "app.localhost."})
    void hostIsMatchedWithoutCaseAndPort(String host) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get(host, "/api").status()).isEqualTo(200);
            assertThat(agent.nextRequest().field(":authority")).isEqualTo(host);
        }
    }

    // T-W7
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|X: y||",
                "GET / HTTP/1.1|Host: app.localhost|Host: app.localhost||",
                "GET / HTTP/1.1|Host: ||",
                "GET / HTTP/1.1|Host: app.localhost/evil||",
                "GET / HTTP/1.1|Host: a@app.localhost||",
                "GET / HTTP/1.1|Host: app.localhost:80a||",
                "GET / HTTP/1.1|Host: app.localhost, other.localhost||"
            })
    void requestWithoutOneHostIs400(String request) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(request.replace("|", "\r\n"));
            assertThat(visitor.read().status()).isEqualTo(400);
        }
    }

    // B-D7
    @Test
    void unknownNameIsA404PageThatNamesIt() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            RawVisitor.Reply reply = visitor.get("no-such-name.localhost", "/");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.field("porthole-error")).isEqualTo("tunnel_not_found");
            assertThat(reply.field("content-type")).startsWith("text/html");
            assertThat(reply.field("content-security-policy")).contains("default-src 'none'");
            assertThat(reply.text()).contains("no-such-name.localhost");
            // The connection is still good.
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(200);
        }
    }

    // B-D7
    @Test
    void clientsThatPreferJsonGetProblemDetails() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET / HTTP/1.1\r\nHost: nobody.localhost\r\nAccept: application/json\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.field("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.text()).contains("\"type\":\"/problems/tunnel-not-found\"", "\"status\":404");
            visitor.send(
                    "GET / HTTP/1.1\r\nHost: nobody.localhost\r\nAccept: text/html, application/json;q=0.9\r\n\r\n");
            assertThat(visitor.read().field("content-type")).startsWith("text/html");
        }
    }

    // T-L4
    @Test
    void pagesShowWhatVisitorsSentAsText() {
        assertThat(PageTemplate.html(404, "<script>alert(1)</script>", "{{title}} & \"more\""))
                .doesNotContain("<script>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&#123;&#123;title}} &amp; &quot;more&quot;");
    }

    // B-D7
    @Test
    void disabledTunnelIs503AtOnce() throws Exception {
        fixture.routes.put(new TunnelRoute(EdgeFixture.TUNNEL, "prj_1", "app", EdgeFixture.ENDPOINT, false));
        try (RawVisitor visitor = fixture.visitor()) {
            RawVisitor.Reply reply = visitor.get("app.localhost", "/");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.field("porthole-error")).isEqualTo("tunnel_offline");
            assertThat(reply.field("retry-after")).isEqualTo("5");
        }
        assertThat(agent.requests).isEmpty();
    }

    // T-R3, B-D7
    @Test
    void offlineTunnelIs503AfterTheWait() throws Exception {
        agent.close();
        fixture.awaitEvent("closed");
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", "/").status()).isEqualTo(503);
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 4\r\n\r\nbody");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.field("retry-after")).isEqualTo("5");
            assertThat(visitor.get("nobody.localhost", "/").status()).isEqualTo(404);
        }
    }

    // T-W3
    @ParameterizedTest
    @ValueSource(strings = {"TRACE / HTTP/1.1", "CONNECT app.localhost:80 HTTP/1.1"})
    void traceAndConnectAre405(String line) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(line + "\r\nHost: app.localhost\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.field("allow")).contains("GET");
        }
    }

    // T-W3
    @Test
    void optionsOfTheServerIsAnsweredByTheEdge() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("OPTIONS * HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.field("allow")).contains("GET");
            visitor.send("OPTIONS /x HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            visitor.read();
            assertThat(agent.nextRequest().field(":method")).isEqualTo("OPTIONS");
        }
    }

    // T-W3
    @Test
    void absoluteTargetNamesTheTunnel() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET http://app.localhost/a?b HTTP/1.1\r\nHost: other.localhost\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(200);
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.field(":authority")).isEqualTo("app.localhost");
            assertThat(stream.field(":path")).isEqualTo("/a?b");
        }
    }

    // B-D7
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/projects", "/ws", "/_health", "/admin", "/.porthole/connect", "/health"})
    void everyPathOfATunnelReachesItsApp(String path) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get("app.localhost", path).status()).isEqualTo(200);
            assertThat(agent.nextRequest().field(":path")).isEqualTo(path);
        }
    }
}
