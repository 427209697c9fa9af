package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwardedRequestTest {
    private AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aRealAppsAnswerComesBack() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("you asked " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            EdgeSession edge = wire.carrying("tun_1", server.getAddress().getPort());
            EdgeExchange get = edge.get("tun_1", "/a?b=c");
            assertThat(get.status()).isEqualTo("200");
            assertThat(get.text()).isEqualTo("you asked GET /a?b=c ");
            EdgeExchange post = edge.open(EdgeSession.head("POST", "tun_1", "/p"), false);
            assertThat(post.send("one ", false).send("two", true).text()).isEqualTo("you asked POST /p one two");
        } finally {
            server.stop(0);
        }
    }

    @Test // T-W3
    void methodPathQueryAndFieldsTravelByteForByte() throws Exception {
        try (RawApp app = RawApp.answering(
                "HTTP/1.1 200 OK",
                "Set-Cookie: a=1",
                "X-Order: first",
                "Set-Cookie: b=2; Path=/",
                "X-Latin: caf\u00e9",
                "Content-Length: 2",
                "",
                "ok")) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            Http2Headers head = EdgeSession.head("PURGE", "tun_1", "/a%2Fb//c/../d?a&a=&b=%zz")
                    .add("x-one", "1")
                    .add("x-two", "2")
                    .add("x-one", "3")
                    .add("cookie", "k=v")
                    .add("cookie", "l=w");
            EdgeExchange exchange = edge.open(head, true);
            assertThat(exchange.text()).isEqualTo("ok");
            assertThat(exchange.head().getAll("set-cookie")).hasToString("[a=1, b=2; Path=/]");
            assertThat(exchange.field("x-latin")).isEqualTo("caf\u00e9");
            assertThat(app.nextHead().split("\r\n"))
                    .containsExactly(
                            "PURGE /a%2Fb//c/../d?a&a=&b=%zz HTTP/1.1",
                            "Host: quiet-blue-fox.localhost:8080",
                            "x-one: 1",
                            "x-two: 2",
                            "x-one: 3",
                            "cookie: k=v; l=w");
        }
    }

    @Test // T-W3
    void bodilessAnswersEndWithTheirHead() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
                if (head.startsWith("HEAD")) {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
                } else if (head.contains("/204")) {
                    connection.write("HTTP/1.1 204 No Content\r\n\r\n");
                } else {
                    connection.write("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 99\r\n\r\n");
                }
            }
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange head = edge.open(EdgeSession.head("HEAD", "tun_1", "/"), true);
            assertThat(head.bytes()).isEmpty();
            assertThat(head.field("content-length")).isEqualTo("1234");
            EdgeExchange empty = edge.get("tun_1", "/204");
            assertThat(empty.bytes()).isEmpty();
            assertThat(empty.status()).isEqualTo("204");
            EdgeExchange unchanged = edge.get("tun_1", "/304");
            assertThat(unchanged.bytes()).isEmpty();
            assertThat(unchanged.field("etag")).isEqualTo("\"x\"");
            assertThat(app.connections()).as("one connection served all").isEqualTo(1);
        }
    }

    @Test // T-W3
    void interimAnswersAndTrailersPassBothWays() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
            String sent = connection.read("3\r\nabc\r\n0\r\nx-sum: 7\r\n\r\n".length());
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n");
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-end\r\n\r\n");
            connection.write(Integer.toHexString(sent.length()) + "\r\n" + sent + "\r\n0\r\nX-End: yes\r\n\r\n");
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange exchange =
                    edge.open(EdgeSession.head("POST", "tun_1", "/").set("expect", "100-continue"), false);
            exchange.send("abc", false).sendTrailers(new DefaultHttp2Headers().set("x-sum", "7"));
            assertThat(exchange.text()).isEqualTo("3\r\nabc\r\n0\r\nx-sum: 7\r\n\r\n");
            assertThat(exchange.interim().stream().map(Http2Headers::status)).hasToString("[100, 103]");
            assertThat(exchange.trailers().get("x-end")).hasToString("yes");
            assertThat(exchange.head().contains("transfer-encoding")).isFalse();
            assertThat(app.nextHead()).contains("expect: 100-continue").contains("transfer-encoding: chunked");
        }
    }

    @Test // T-W2
    void hopByHopAndOurOwnFieldsEndHere() throws Exception {
        try (RawApp app = RawApp.answering(
                "HTTP/1.1 200 OK",
                "Connection: keep-alive, X-Private",
                "X-Private: 1",
                "Keep-Alive: timeout=5",
                "Porthole-Error: tunnel_offline",
                "Content-Length: 0",
                "",
                "")) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange exchange = edge.open(
                    EdgeSession.head("GET", "tun_1", "/")
                            .set("porthole-request-id", "r1")
                            .set("x-forwarded-for", "192.0.2.1"),
                    true);
            assertThat(exchange.bytes()).isEmpty();
            for (String field : List.of("connection", "x-private", "keep-alive", "porthole-error")) {
                assertThat(exchange.head().contains(field)).as(field).isFalse();
            }
            assertThat(app.nextHead()).contains("x-forwarded-for: 192.0.2.1").doesNotContain("porthole-");
        }
    }

    @Test // T-W4
    void firstBytesArriveBeforeTheLastOnes() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            seen.await();
            connection.write("data: 2\n\n");
        })) {
            EdgeExchange events = wire.carrying("tun_1", app.port()).get("tun_1", "/events");
            assertThat(events.nextPiece()).isEqualTo("data: 1\n\n");
            seen.countDown();
            assertThat(events.text()).isEqualTo("data: 1\n\ndata: 2\n\n");
        }
    }

    @Test // T-W5
    void anAppThatBreaksOffNeverLooksComplete() throws Exception {
        List<String> broken = List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnonsense\r\n");
        for (String answer : broken) {
            try (RawApp app = new RawApp(connection -> {
                connection.readHead();
                connection.write(answer);
            })) {
                wire.agent.carry(new CarriedTunnel("tun_1", Endpoint.parse("localhost:" + app.port())));
                wire.agent.connect();
                EdgeExchange exchange = session().get("tun_1", "/");
                assertThat(exchange.status()).isEqualTo("200");
                assertThat(exchange.resetCode()).isEqualTo(2);
                assertThat(exchange.isComplete()).as(answer).isFalse();
            }
        }
    }

    @Test // T-W5
    void aVisitorWhoLeavesEndsTheAppsConnection() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\n\r\nfirst");
            // Nothing more is said until the other side is gone.
            assertThat(connection.socket().getInputStream().read()).isNegative();
        })) {
            EdgeExchange exchange = wire.carrying("tun_1", app.port()).get("tun_1", "/");
            assertThat(exchange.nextPiece()).isEqualTo("first");
            exchange.cancel();
            app.awaitConnectionEnd();
        }
    }

    @Test // T-W5
    void nothingIsSentTwiceWhenAKeptConnectionDies() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.readHead();
            // Read, and not answered.
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            assertThat(edge.get("tun_1", "/1").text()).isEqualTo("ok");
            EdgeExchange second = edge.get("tun_1", "/2");
            assertThat(second.status()).isEqualTo("502");
            assertThat(second.field("porthole-error")).isEqualTo("endpoint_refused");
            assertThat(app.nextHead()).startsWith("GET /1");
            assertThat(app.nextHead()).startsWith("GET /2");
            assertThat(app.connections()).isEqualTo(1);
            assertThat(app.waitingHeads()).isZero();
        }
    }

    @Test
    void aKeptConnectionThatTheAppClosedIsReplaced() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            assertThat(edge.get("tun_1", "/1").text()).isEqualTo("ok");
            app.awaitConnectionEnd();
            edge.roundTrip();
            assertThat(edge.get("tun_1", "/2").text()).isEqualTo("ok");
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    @Test
    void anAppThatRefusesIs502AndOneThatSaysNothingIs504() throws Exception {
        int free;
        try (RawApp gone = RawApp.answering("")) {
            free = gone.port();
        }
        EdgeSession edge = wire.carrying("tun_1", free);
        EdgeExchange refused = edge.get("tun_1", "/");
        assertThat(refused.status()).isEqualTo("502");
        assertThat(refused.field("porthole-error")).isEqualTo("endpoint_refused");
        wire.close();

        wire = new AgentFixture(
                new ProxyLimits(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(4), 8));
        try (RawApp silent = new RawApp(connection -> {
            connection.readHead();
            assertThat(connection.socket().getInputStream().read()).isNegative();
        })) {
            EdgeExchange slow = wire.carrying("tun_1", silent.port()).get("tun_1", "/");
            assertThat(slow.status()).isEqualTo("504");
            assertThat(slow.field("porthole-error")).isEqualTo("endpoint_timeout");
            silent.awaitConnectionEnd();
        }
    }

    @Test // B-E4
    void anAppThinksForAsLongAsItsUserLetsItAndNoOther() throws Exception {
        ProxyLimits hours = new ProxyLimits(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(4), 8);
        wire.close();
        wire = new AgentFixture(hours);
        try (RawApp silent = new RawApp(connection -> {
            connection.readHead();
            assertThat(connection.socket().getInputStream().read()).isNegative();
        })) {
            CarriedTunnel usual = new CarriedTunnel("tun_1", Endpoint.parse("localhost:" + silent.port()));
            CarriedTunnel chosen = new CarriedTunnel(
                    "tun_1",
                    usual.endpoint(),
                    usual.hostHeader(),
                    false,
                    usual.certificate(),
                    new EndpointTimeout(Duration.ofMillis(50)));
            assertThat(hours.firstByteOf(usual)).isEqualTo(Duration.ofHours(1));
            EdgeExchange late = wire.carrying(chosen).get("tun_1", "/");
            assertThat(late.status()).isEqualTo("504");
            assertThat(late.field("porthole-error")).isEqualTo("endpoint_timeout");
            silent.awaitConnectionEnd();
        }
    }

    @Test // B-B8
    void loopbackIsFoundWhicheverOfItsAddressesTheAppListensOn() throws Exception {
        try (RawApp six = new RawApp(InetAddress.getAllByName("::1")[0], connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nsix");
        })) {
            EdgeSession edge = wire.carrying("tun_1", six.port());
            // The name that the visitor used is no part of the choice.
            for (String spelling : List.of("localhost", "127.0.0.1", "[::1]", "LOCALHOST")) {
                Http2Headers head = EdgeSession.head("GET", "tun_1", "/").authority(spelling + ":" + six.port());
                assertThat(edge.open(head, true).text()).isEqualTo("six");
            }
        }
    }

    @Test
    void anAppThatKnowsLocalhostOnlySeesLocalhost() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                    + connection.socket().getLocalPort() + "/next\r\nContent-Length: 0\r\n\r\n");
        })) {
            Endpoint endpoint = Endpoint.parse("localhost:" + app.port());
            EdgeSession edge = wire.carrying(new CarriedTunnel("tun_1", endpoint, HostHeader.localhost(), false));
            EdgeExchange exchange = edge.open(
                    EdgeSession.head("GET", "tun_1", "/")
                            .set("origin", "http://quiet-blue-fox.localhost:8080")
                            .set("referer", "http://quiet-blue-fox.localhost:8080.evil.example/"),
                    true);
            assertThat(exchange.field("location")).isEqualTo("http://quiet-blue-fox.localhost:8080/next");
            assertThat(app.nextHead())
                    .contains("Host: localhost:" + app.port() + "\r\n")
                    .contains("origin: http://localhost:" + app.port() + "\r\n")
                    .contains("referer: http://quiet-blue-fox.localhost:8080.evil.example/\r\n");
        }
    }

    @Test // T-W9
    void anAppWithANameOfItsOwnSeesIt() throws Exception {
        try (RawApp app = RawApp.answering(
                "HTTP/1.1 302 Found",
                "Location: http://shop.test/in",
                "Set-Cookie: a=1; Domain=shop.test; Path=/",
                "Set-Cookie: b=2",
                "Content-Length: 0",
                "",
                "")) {
            Endpoint endpoint = Endpoint.parse("localhost:" + app.port());
            EdgeSession edge =
                    wire.carrying(new CarriedTunnel("tun_1", endpoint, new HostHeader.Fixed("shop.test"), false));
            EdgeExchange exchange = edge.open(
                    EdgeSession.head("POST", "tun_1", "/")
                            .set("origin", "https://quiet-blue-fox.localhost:8080")
                            .set("forwarded", "host=quiet-blue-fox.localhost:8080")
                            .set("x-forwarded-host", "quiet-blue-fox.localhost:8080")
                            .set("x-forwarded-proto", "https"),
                    true);
            assertThat(exchange.field("location")).isEqualTo("https://quiet-blue-fox.localhost:8080/in");
            assertThat(exchange.head().getAll("set-cookie")).hasToString("[a=1; Path=/, b=2]");
            assertThat(app.nextHead())
                    .contains("Host: shop.test\r\n")
                    .contains("origin: http://shop.test\r\n")
                    .contains("x-forwarded-host: shop.test\r\n")
                    .contains("x-forwarded-proto: http\r\n")
                    .doesNotContain("quiet-blue-fox");
        }
    }

    @Test
    void anAnswerBeforeTheRequestsEndStopsTheRequest() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!");
            assertThat(connection.socket().getInputStream().readAllBytes()).isNotNull();
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange exchange = edge.open(EdgeSession.head("POST", "tun_1", "/"), false);
            assertThat(exchange.text()).isEqualTo("no!");
            assertThat(exchange.resetCode()).as("NO_ERROR").isZero();
            app.awaitConnectionEnd();
        }
    }

    @Test // T-R5
    void connectionsToOneAppAreBounded() throws Exception {
        wire.close();
        wire = new AgentFixture(
                new ProxyLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(4), 2));
        try (RawApp app = new RawApp(connection -> {
            while (!connection.readHead().isEmpty()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            List<EdgeExchange> all = java.util.stream.IntStream.range(0, 50)
                    .mapToObj(i -> edge.get("tun_1", "/" + i))
                    .toList();
            for (EdgeExchange exchange : all) {
                assertThat(exchange.text()).isEqualTo("ok");
            }
            assertThat(app.connections()).isLessThanOrEqualTo(2);
        }
    }

    private @Nullable EdgeSession current;

    private EdgeSession session() throws InterruptedException {
        EdgeSession session = current;
        if (session == null) {
            session = wire.edge.nextSession();
            current = session;
        }
        return session;
    }
}
