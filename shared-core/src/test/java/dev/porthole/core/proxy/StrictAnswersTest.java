package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps say on raw sockets, odd and hostile. */
class StrictAnswersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private final AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    // T-W1, T-W10
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                OK + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                OK + "Content-Length: 3, 3\r\n\r\nabc",
                OK + "Content-Length: +3\r\n\r\nabc",
                OK + "Content-Length: -3\r\n\r\nabc",
                OK + "Content-Length: 0x3\r\n\r\nabc",
                OK + "Content-Length: 3 3\r\n\r\nabc",
                OK + "Content-Length: \r\n\r\nabc",
                OK + "Content-Length: 9999999999999999999\r\n\r\nabc",
                OK + "Content-Length : 3\r\n\r\nabc",
                OK + "Transfer-Encoding : chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: gzip\r\n\r\nabc",
                OK + "Transfer-Encoding: chunked, identity\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                OK + "Transfer-Encoding: xchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
                OK + "Content-Length: 3\n\r\nabc",
                OK + "X-Folded: one\r\n two\r\nContent-Length: 3\r\n\r\nabc",
                OK + "X-Folded: one\r\n\ttwo\r\nContent-Length: 3\r\n\r\nabc",
                OK + " X-First: folded\r\nContent-Length: 3\r\n\r\nabc",
                OK + "X-Nul: a\0b\r\nContent-Length: 3\r\n\r\nabc",
                OK + "X-Cr: a\rb\r\nContent-Length: 3\r\n\r\nabc",
                OK + "X-Bell: a\u0007b\r\nContent-Length: 3\r\n\r\nabc",
                OK + "X\0Name: a\r\nContent-Length: 3\r\n\r\nabc",
                OK + "X Name: a\r\nContent-Length: 3\r\n\r\nabc",
                OK + ": nameless\r\nContent-Length: 3\r\n\r\nabc",
                OK + "no colon\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 2000 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 20 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 +20 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 099 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 600 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1  200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200\tOK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 O\0K\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/2.0 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "http/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "ICY 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nabc",
                "HTTP/1.1 100 Continue\r\nContent-Length : 1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void ambiguousHeadIs502AndTheConnectionCloses(String answer) throws Exception {
        try (RawApp app = saying(answer)) {
            EdgeExchange exchange = wire.carrying("tun_1", app.port()).get("tun_1", "/");
            assertThat(exchange.status()).isEqualTo("502");
            assertThat(exchange.field("porthole-error")).isEqualTo("endpoint_refused");
            app.awaitConnectionEnd();
            assertThat(app.connections()).as("nothing is asked twice").isEqualTo(1);
        }
    }

    // T-W1, T-W5, T-W10
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                CHUNKED + " 3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3 \r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3\t;x\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "0x3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "+3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "-3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3g\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "100000003\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "000000000000000003\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3\nabc\r\n0\r\n\r\n",
                CHUNKED + "3;ext=\n\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3;ext=\0\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3\r\nabc\n0\r\n\r\n",
                CHUNKED + "3\r\nabcd\r\n0\r\n\r\n",
                CHUNKED + "3\r\nabc0\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\n\nX: y\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nX: y\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nX: y\r\n folded\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nX : y\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nX: \0\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nno colon\r\n\r\n"
            })
    void brokenChunkNeverLooksComplete(String answer) throws Exception {
        try (RawApp app = saying(answer)) {
            EdgeExchange exchange = wire.carrying("tun_1", app.port()).get("tun_1", "/");
            boolean refusedWhole = exchange.status().equals("502");
            if (!refusedWhole) {
                assertThat(exchange.resetCode()).as("INTERNAL_ERROR").isEqualTo(2);
                assertThat(exchange.isComplete()).isFalse();
            }
            app.awaitConnectionEnd();
        }
    }

    // T-W3
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                OK + "Content-Length: 3\r\n\r\nabc",
                OK + "content-length:3\r\n\r\nabc",
                OK + "Content-Length:   3  \r\n\r\nabc",
                OK + "Content-Length: 003\r\n\r\nabc",
                OK + "X-Empty:\r\nX-Latin: caf\u00e9\r\nX-Tab: a\tb\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 299 Quite \u00fcnusual: yes\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.0 200 OK\r\n\r\nabc",
                OK + "Connection: close\r\n\r\nabc",
                CHUNKED + "3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3;name=value;other=\"x y\"\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "00000003\r\nabc\r\n000\r\n\r\n",
                CHUNKED + "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\nX-Sum: 6\r\n\r\n",
                OK + "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            })
    void answerThatIsOnlyUnusualPasses(String answer) throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write(answer);
        })) {
            EdgeExchange exchange = wire.carrying("tun_1", app.port()).get("tun_1", "/");
            assertThat(exchange.text()).isEqualTo("abc");
        }
    }

    // T-W3, T-W10
    @Test
    void everyPieceIsReadAloneAsItIsInOne() throws Exception {
        String answer = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + CHUNKED
                + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 6\r\n\r\n";
        try (RawApp app = new RawApp(connection -> {
            connection.socket().setTcpNoDelay(true);
            while (!connection.readHead().isEmpty()) {
                for (int at = 0; at < answer.length(); at++) {
                    connection.write(answer.substring(at, at + 1));
                }
            }
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            for (int i = 0; i < 3; i++) {
                EdgeExchange exchange = edge.get("tun_1", "/");
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
        try (RawApp app = saying("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")) {
            EdgeExchange exchange = wire.carrying("tun_1", app.port()).get("tun_1", "/");
            assertThat(exchange.bytes()).isEmpty();
            assertThat(exchange.head().contains("content-length")).isFalse();
        }
    }

    // T-W5, T-W10
    @Test
    void wordsThatNobodyAskedForEndTheKeptConnection() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write(OK + "Content-Length: 2\r\n\r\nok" + OK + "Content-Length: 6\r\n\r\npoison");
            assertThat(connection.socket().getInputStream().read()).isNegative();
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            assertThat(edge.get("tun_1", "/1").text()).isEqualTo("ok");
            app.awaitConnectionEnd();
            assertThat(edge.get("tun_1", "/2").text()).isEqualTo("ok");
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    /** Says it to each request and waits until the other side has closed. */
    private static RawApp saying(String answer) throws Exception {
        return new RawApp(connection -> {
            connection.readHead();
            connection.write(answer);
            int last = connection.socket().getInputStream().read();
            assertThat(last).isNegative();
        });
    }
}
