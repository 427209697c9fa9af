package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Apps that answer as no app should: what could be read in two ways becomes a 502, and what ends oddly no whole answer.
 */
class HostileAppTest {
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

    /** What an edge gets when the app says this, {@code |} for CRLF, and then waits. */
    private static EdgeExchange answer(RawApp app) {
        wire.agent.carry(new CarriedTunnel("tun_1", Endpoint.parse("localhost:" + app.port())));
        return edge.get("tun_1", "/");
    }

    private static RawApp saying(String answer) throws Exception {
        return new RawApp(connection -> {
            connection.readHead();
            connection.write(answer.replace("|", "\r\n"));
            connection.readHead();
        });
    }

    // T-W1, T-W10
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 3|Content-Length: 3||abc",
                "HTTP/1.1 200 OK|Content-Length: 3, 3||abc",
                "HTTP/1.1 200 OK|Content-Length: 0x3||abc",
                "HTTP/1.1 200 OK|Content-Length: -3||abc",
                "HTTP/1.1 200 OK|Content-Length: 3 3||abc",
                "HTTP/1.1 200 OK|Content-Length: ||abc",
                "HTTP/1.1 200 OK|Content-Length: 99999999999999999999||abc",
                "HTTP/1.1 200 OK|Content-Length : 3||abc",
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
                "HTTP/1.1 200 OK|X-A: a\u0000b|Content-Length: 0||",
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
                "HTTP/1.1|Content-Length: 0||"
            })
    void answerThatCouldBeReadInTwoWaysIs502(String answer) throws Exception {
        try (RawApp app = saying(answer)) {
            EdgeExchange exchange = answer(app);
            assertThat(exchange.status()).isEqualTo("502");
            assertThat(exchange.field("porthole-error")).isEqualTo("endpoint_refused");
            app.awaitConnectionEnd();
        }
    }

    // T-W1, T-W5: CVE-2025-58056 in the other direction.
    @ParameterizedTest
    @ValueSource(
            strings = {
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
    void strayBytesInChunksNeverMakeACompleteAnswer(String chunks) throws Exception {
        try (RawApp app = saying("HTTP/1.1 200 OK|Transfer-Encoding: chunked||" + chunks)) {
            EdgeExchange exchange = answer(app);
            app.awaitConnectionEnd();
            edge.roundTrip();
            boolean said502 = !exchange.isReset() && exchange.status().equals("502");
            assertThat(said502 || !exchange.isComplete())
                    .as("no whole 200 answer")
                    .isTrue();
        }
    }

    // T-W3
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 |", "HTTP/1.1 200|", "HTTP/1.1 299 caf\u00e9 and more|", "HTTP/1.0 200 OK|"})
    void oddButPlainStatusLinesPass(String line) throws Exception {
        try (RawApp app = saying(line + "Content-Length: 2||ok")) {
            assertThat(answer(app).bytes()).asString(StandardCharsets.UTF_8).isEqualTo("ok");
        }
    }

    // T-W8, T-W10
    @ParameterizedTest
    @ValueSource(ints = {70_000, 1_000_000})
    void headThatNeverEndsIs502(int bytes) throws Exception {
        try (RawApp app = saying("HTTP/1.1 200 OK|X-Large: " + "a".repeat(bytes))) {
            assertThat(answer(app).status()).isEqualTo("502");
            app.awaitConnectionEnd();
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
            connection.write(answer.replace("|", "\r\n"));
            if (!connection.readHead().isEmpty()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
                connection.readHead();
            }
        })) {
            answer(app).bytes();
            edge.roundTrip();
            EdgeExchange next = edge.get("tun_1", "/next");
            assertThat(next.text()).doesNotContain("poison");
        }
    }
}
