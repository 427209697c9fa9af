package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What apps say on raw sockets, odd and hostile: what could be read in two ways becomes a 502, and what ends oddly no
 * whole answer. In the tables {@code |} stands for CRLF.
 */
class HostileAppTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK|Transfer-Encoding: chunked||";

    private static AgentFixture wire;
    private static EdgeSession edge;

    @BeforeAll
    static void connect() throws Exception {
        wire = new AgentFixture();
        try (RawApp any = RawApp.answering("")) {
            edge = wire.carrying("tun_1", any.port());
        }
    }

    @AfterAll
    static void close() {
        wire.close();
    }

    /** Says it to a request, {@code |} for CRLF, and waits until the other side has closed. */
    private static RawApp saying(String answer) throws Exception {
        return new RawApp(connection -> {
            connection.readHead();
            connection.write(lines(answer));
            assertThat(connection.socket().getInputStream().read()).isNegative();
        });
    }

    private static String lines(String answer) {
        return answer.replace("|", "\r\n");
    }

    /** What an edge gets when it asks this app for something. */
    private static EdgeExchange ask(RawApp app) {
        wire.agent.carry(new CarriedTunnel("tun_1", Endpoint.parse("localhost:" + app.port())));
        return edge.get("tun_1", "/");
    }

    // T-W1, T-W10
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 3|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 3||3|abc|0||",
                "HTTP/1.1 200 OK|Content-Length: 3|Content-Length: 4||abcd",
                "HTTP/1.1 200 OK|Content-Length: 3|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|Content-Length: 3, 3||abc",
                "HTTP/1.1 200 OK|Content-Length: +3||abc",
                "HTTP/1.1 200 OK|Content-Length: -3||abc",
                "HTTP/1.1 200 OK|Content-Length: 0x3||abc",
                "HTTP/1.1 200 OK|Content-Length: 3 3||abc",
                "HTTP/1.1 200 OK|Content-Length: ||abc",
                "HTTP/1.1 200 OK|Content-Length: 9999999999999999999||abc",
                "HTTP/1.1 200 OK|Content-Length : 3||abc",
                "HTTP/1.1 200 OK|Transfer-Encoding : chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip||abc",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked, identity||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: xchunked||3|abc|0||",
                "HTTP/1.0 200 OK|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
                "HTTP/1.1 200 OK|Content-Length: 3\n|abc",
                "HTTP/1.1 200 OK|X-Folded: one| two|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|X-Folded: one|\ttwo|Content-Length: 3||abc",
                "HTTP/1.1 200 OK| X-First: folded|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|X-Nul: a\0b|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|X-Cr: a\rb|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|X-Bell: a\u0007b|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|X\0Name: a|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|X Name: a|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|: nameless|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|no colon|Content-Length: 3||abc",
                "HTTP/1.1 2000 OK|Content-Length: 3||abc",
                "HTTP/1.1 20 OK|Content-Length: 3||abc",
                "HTTP/1.1 +20 OK|Content-Length: 3||abc",
                "HTTP/1.1 099 OK|Content-Length: 3||abc",
                "HTTP/1.1 600 OK|Content-Length: 3||abc",
                "HTTP/1.1  200 OK|Content-Length: 3||abc",
                "HTTP/1.1 200\tOK|Content-Length: 3||abc",
                "HTTP/1.1 200 O\0K|Content-Length: 3||abc",
                "HTTP/2.0 200 OK|Content-Length: 3||abc",
                "http/1.1 200 OK|Content-Length: 3||abc",
                "ICY 200 OK|Content-Length: 3||abc",
                "|HTTP/1.1 200 OK|Content-Length: 3||abc",
                "HTTP/1.1 101 Switching Protocols|Upgrade: x||abc",
                "HTTP/1.1 100 Continue|Content-Length : 1||HTTP/1.1 200 OK||",
                "nonsense||",
                "HTTP/1.1 200 OK|Content-Length: 99999999999999999999||abc",
                "HTTP/1.1 200 OK|Transfer-Encoding : chunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked, identity||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: identity, chunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: xchunked||0||",
                "HTTP/1.1 200 OK|Transfer-Encoding:\u000bchunked||0||",
                "HTTP/1.0 200 OK|Transfer-Encoding: chunked||0||",
                "HTTP/1.1 200 OK|X A: 1|Content-Length: 0||",
                "HTTP/1.1 200 OK|: 1|Content-Length: 0||",
                "HTTP/1.1 200 OK|no colon|Content-Length: 0||",
                "HTTP/1.1 200 OK|X-A: a\0b|Content-Length: 0||",
                "HTTP/1.1 200 OK|X-A: a\rb|Content-Length: 0||",
                "HTTP/1.1 200 OK|X-A: a\nX-B: b|Content-Length: 0||",
                "HTTP/1.1 200 OK| X-A: a|Content-Length: 0||",
                "HTTP/1.1 20 OK|Content-Length: 0||",
                "HTTP/1.1 2000 OK|Content-Length: 0||",
                "HTTP/1.1 099 OK|Content-Length: 0||",
                "HTTP/1.1 600 OK|Content-Length: 0||",
                "HTTP/1.1 +20 OK|Content-Length: 0||",
                "HTTP/2.0 200 OK|Content-Length: 0||",
                "ICY 200 OK|Content-Length: 0||",
                "HTTP/1.1|Content-Length: 0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip, identity||abc"
            })
    void headThatCouldBeReadInTwoWaysIs502AndTheConnectionCloses(String answer) throws Exception {
        try (RawApp app = saying(answer)) {
            EdgeExchange exchange = ask(app);
            assertThat(exchange.status()).isEqualTo("502");
            assertThat(exchange.field("porthole-error")).isEqualTo("endpoint_refused");
            app.awaitConnectionEnd();
            assertThat(app.connections()).as("nothing is asked twice").isEqualTo(1);
        }
    }

    // T-W8, T-W10
    @ParameterizedTest
    @ValueSource(ints = {70_000, 1_000_000})
    void headThatNeverEndsIs502(int bytes) throws Exception {
        try (RawApp app = saying("HTTP/1.1 200 OK|X-Large: " + "a".repeat(bytes))) {
            assertThat(ask(app).status()).isEqualTo("502");
            app.awaitConnectionEnd();
        }
    }

    // T-W1, T-W5, T-W10: CVE-2025-58056 in the other direction.
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                " 3|abc|0||",
                "3 |abc|0||",
                "3\t;x|abc|0||",
                "0x3|abc|0||",
                "+3|abc|0||",
                "-3|abc|0||",
                "|abc|0||",
                "3g|abc|0||",
                "100000003|abc|0||",
                "000000000000000003|abc|0||",
                "3\nabc|0||",
                "3;ext=\n|abc|0||",
                "3;ext=\0|abc|0||",
                "3|abc\n0||",
                "3|abcd|0||",
                "3|abc0||",
                "3|abc|0|\nX: y||",
                "3|abc|0|X: y\n|",
                "3|abc|0|X: y| folded||",
                "3|abc|0|X : y||",
                "3|abc|0|X: \0||",
                "3|abc|0|no colon||",
                "5\nhello|0||",
                "+5|hello|0||",
                "0x5|hello|0||",
                " 5|hello|0||",
                "5 |hello|0||",
                "|hello|0||",
                "-1|hello|0||",
                "5|helloXX|0||",
                "5|hello\n0||",
                "5;a\nb|hello|0||",
                "5;a\rb|hello|0||",
                "5|hello|0|X-A : 1||",
                "5|hello|0|X-A: 1\n|",
                "5|hello|0|X-A: 1| folded||",
                "80000000|hello|0||",
                "100000005|hello|0||"
            })
    void brokenChunkNeverLooksComplete(String chunks) throws Exception {
        try (RawApp app = saying(CHUNKED + chunks)) {
            EdgeExchange exchange = ask(app);
            app.awaitConnectionEnd();
            edge.roundTrip();
            boolean refusedWhole = !exchange.isReset() && exchange.status().equals("502");
            if (!refusedWhole) {
                assertThat(exchange.resetCode()).as("INTERNAL_ERROR").isEqualTo(2);
                assertThat(exchange.isComplete()).isFalse();
            }
        }
    }

    // T-W3
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|content-length:3||abc",
                "HTTP/1.1 200 OK|Content-Length:   3  ||abc",
                "HTTP/1.1 200 OK|Content-Length: 003||abc",
                "HTTP/1.1 200 OK|X-Empty:|X-Latin: caf\u00e9|X-Tab: a\tb|Content-Length: 3||abc",
                "HTTP/1.1 200 |Content-Length: 3||abc",
                "HTTP/1.1 200|Content-Length: 3||abc",
                "HTTP/1.1 299 Quite \u00fcnusual: yes|Content-Length: 3||abc",
                "HTTP/1.0 200 OK||abc",
                "HTTP/1.1 200 OK|Connection: close||abc",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3;name=value;other=\"x y\"|abc|0||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||00000003|abc|000||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|a|1|b|1|c|0|X-Sum: 6||",
                "HTTP/1.1 200 OK|Transfer-Encoding: Chunked||3|abc|0||",
                "HTTP/1.1 299 caf\u00e9 and more|Content-Length: 3||abc",
                "HTTP/1.0 200 OK|Content-Length: 3||abc"
            })
    void answerThatIsOnlyUnusualPasses(String answer) throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write(lines(answer));
        })) {
            assertThat(ask(app).text()).isEqualTo("abc");
        }
    }

    // T-W3, T-W10
    @Test
    void everyPieceIsReadAloneAsItIsInOne() throws Exception {
        String answer =
                lines("HTTP/1.1 103 Early Hints|Link: </a>||" + CHUNKED + "3;x=y|abc|A|0123456789|0|X-Sum: 6||");
        try (RawApp app = new RawApp(connection -> {
            connection.socket().setTcpNoDelay(true);
            while (!connection.readHead().isEmpty()) {
                for (int at = 0; at < answer.length(); at++) {
                    connection.write(answer.substring(at, at + 1));
                }
            }
        })) {
            for (int i = 0; i < 3; i++) {
                EdgeExchange exchange = ask(app);
                assertThat(exchange.text()).isEqualTo("abc0123456789");
                assertThat(exchange.trailers().get("x-sum")).hasToString("6");
                assertThat(exchange.interim().stream().map(Http2Headers::status))
                        .hasToString("[103]");
            }
            assertThat(app.connections()).isEqualTo(1);
        }
    }

    // T-W3
    @Test
    void answerWithoutABodyHasNoLengthEither() throws Exception {
        try (RawApp app = saying("HTTP/1.1 204 No Content|Content-Length: 5||")) {
            EdgeExchange exchange = ask(app);
            assertThat(exchange.bytes()).isEmpty();
            assertThat(exchange.head().contains("content-length")).isFalse();
        }
    }

    // T-W5, T-W10
    @Test
    void wordsThatNobodyAskedForEndTheKeptConnection() throws Exception {
        try (RawApp app = saying("HTTP/1.1 200 OK|Content-Length: 2||okHTTP/1.1 200 OK|Content-Length: 6||poison")) {
            assertThat(ask(app).text()).isEqualTo("ok");
            app.awaitConnectionEnd();
            assertThat(ask(app).text()).isEqualTo("ok");
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    // T-W5: bytes after an answer belong to nobody, and never to the next request.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 2||okHTTP/1.1 200 OK|Content-Length: 6||poison",
                "HTTP/1.1 204 No Content||HTTP/1.1 200 OK|Content-Length: 6||poison",
                "HTTP/1.1 304 Not Modified|Content-Length: 6||poison"
            })
    void bytesAfterAnAnswerReachNoOtherVisitor(String answer) throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write(lines(answer));
            if (!connection.readHead().isEmpty()) {
                connection.write(lines("HTTP/1.1 200 OK|Content-Length: 4||next"));
                connection.readHead();
            }
        })) {
            ask(app).bytes();
            edge.roundTrip();
            EdgeExchange next = edge.get("tun_1", "/next");
            assertThat(next.text()).doesNotContain("poison");
        }
    }
}
