package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.wire.Ptth;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HTTP/2 visitors and apps say to each other arrives as it was said (h2c with prior knowledge). */
class Http2VisitorTest {
    private EdgeFixture fixture;
    private WireAgent agent;
    private RawHttp2 visitor;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture();
        agent = fixture.agent();
        agent.app = new WireAgent.App() {};
        visitor = new RawHttp2(fixture.edge.address());
    }

    @AfterEach
    void stop() throws Exception {
        visitor.close();
        agent.close();
        fixture.close();
    }

    // T-W3, T-W2
    @Test
    void requestTravelsByteForByte() throws Exception {
        visitor.headers(
                1,
                true,
                RawHttp2.request(
                        "REPORT",
                        "App.localhost:81",
                        "/a%2Fb//../c?a&a=&b=\u00e9",
                        "x-twice",
                        "1",
                        "x-twice",
                        "2",
                        "cookie",
                        "a=1",
                        "cookie",
                        "b=2",
                        "te",
                        "trailers",
                        "x-forwarded-for",
                        "6.6.6.6",
                        "porthole-tunnel",
                        "tun_other"));
        AgentSideStream stream = agent.nextRequest();
        assertThat(stream.field(":method")).isEqualTo("REPORT");
        assertThat(stream.field(":path")).isEqualTo("/a%2Fb//../c?a&a=&b=\u00e9");
        assertThat(stream.field(":authority")).isEqualTo("App.localhost:81");
        assertThat(stream.field(":scheme")).isEqualTo("http");
        assertThat(stream.request.getAll("x-twice")).hasToString("[1, 2]");
        assertThat(stream.request.getAll("cookie")).hasToString("[a=1; b=2]");
        assertThat(stream.field("te")).isEqualTo("trailers");
        assertThat(stream.field("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(stream.field("x-forwarded-proto")).isEqualTo("http");
        assertThat(stream.request.getAll("porthole-tunnel")).hasToString("[tun_app]");
        assertThat(stream.field("transfer-encoding")).isNull();
        stream.answerAll(204);
        assertThat(visitor.reply(1).status()).isEqualTo(204);
    }

    // T-W3
    @Test
    void interimAnswersBodyAndTrailersComeInOrder() throws Exception {
        visitor.headers(1, false, RawHttp2.request("POST", "app.localhost", "/", "expect", "100-continue"));
        AgentSideStream stream = agent.nextRequest();
        assertThat(stream.field("expect")).isEqualTo("100-continue");
        stream.answer(100);
        stream.answer(103, "link", "</a.css>");
        stream.answer(200, "set-cookie", "a=1", "set-cookie", "b=2");
        stream.send("hel".getBytes(StandardCharsets.UTF_8), false);
        stream.send("lo".getBytes(StandardCharsets.UTF_8), false);
        visitor.frame(RawHttp2.DATA, 0, 1, "sent".getBytes(StandardCharsets.UTF_8))
                .headers(1, true, "x-sum", "42");
        assertThat(stream.whole.get(10, TimeUnit.SECONDS))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("sent");
        assertThat(Objects.requireNonNull(stream.trailers).get("x-sum")).hasToString("42");
        stream.answer(trailers("x-done", "yes"), true);
        RawHttp2.Reply reply = visitor.reply(1);
        assertThat(reply.informational()).containsExactly(100, 103);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Objects.requireNonNull(reply.head()).getAll("set-cookie")).hasToString("[a=1, b=2]");
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(Objects.requireNonNull(reply.trailers()).get("x-done")).hasToString("yes");
        assertThat(reply.complete()).isTrue();
    }

    // T-W3
    @ParameterizedTest
    @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
    void answersWithoutABodyHaveNone(String method, int status) throws Exception {
        visitor.headers(1, true, RawHttp2.request(method, "app.localhost", "/"));
        agent.nextRequest().answerAll(status, "content-length", "5", "etag", "\"x\"");
        RawHttp2.Reply reply = visitor.reply(1);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.field("etag")).isEqualTo("\"x\"");
        assertThat(reply.field("content-length")).isEqualTo(status == 204 ? null : "5");
        assertThat(reply.complete()).isTrue();
    }

    // T-W3
    @Test
    void grpcPassesUntouched() throws Exception {
        String[] call = RawHttp2.request(
                "POST", "app.localhost", "/pkg.Service/Call", "content-type", "application/grpc", "te", "trailers");
        visitor.headers(1, false, call).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[] {0, 0, 0, 0, 0});
        AgentSideStream stream = agent.nextRequest();
        assertThat(stream.field("te")).isEqualTo("trailers");
        assertThat(stream.whole.get(10, TimeUnit.SECONDS)).containsExactly(0, 0, 0, 0, 0);
        stream.answer(200, "content-type", "application/grpc");
        stream.send(new byte[] {0, 0, 0, 0, 1, 7}, false);
        stream.answer(trailers("grpc-status", "0", "grpc-message", "fine"), true);
        RawHttp2.Reply reply = visitor.reply(1);
        assertThat(reply.body()).containsExactly(0, 0, 0, 0, 1, 7);
        assertThat(Objects.requireNonNull(reply.trailers()).get("grpc-status")).hasToString("0");

        visitor.headers(3, false, call).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, new byte[5]);
        agent.nextRequest().answerAll(200, "content-type", "application/grpc", "grpc-status", "12");
        RawHttp2.Reply trailersOnly = visitor.reply(3);
        assertThat(trailersOnly.field("grpc-status")).isEqualTo("12");
        assertThat(trailersOnly.trailers()).isNull();
        assertThat(trailersOnly.complete()).isTrue();
    }

    // T-W4
    @Test
    void bothSidesStreamAtTheSameTime() throws Exception {
        visitor.headers(1, false, RawHttp2.request("POST", "app.localhost", "/"));
        AgentSideStream stream = agent.nextRequest();
        stream.answer(200);
        for (int round = 1; round <= 3; round++) {
            visitor.frame(RawHttp2.DATA, 0, 1, (byte) round);
            awaitBytes(stream, round);
            stream.send(new byte[] {(byte) round}, false);
            RawHttp2.Frame echo = Objects.requireNonNull(visitor.next(RawHttp2.DATA));
            assertThat(echo.payload()).containsExactly(round);
            assertThat(echo.has(RawHttp2.END_STREAM)).isFalse();
        }
        visitor.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1);
        stream.whole.get(10, TimeUnit.SECONDS);
        stream.send(new byte[0], true);
        assertThat(Objects.requireNonNull(visitor.next(RawHttp2.DATA)).has(RawHttp2.END_STREAM))
                .isTrue();
    }

    // T-W5
    @Test
    void answerThatBreaksOffIsResetAndNeverEnded() throws Exception {
        visitor.get(1, "app.localhost", "/");
        AgentSideStream reset = agent.nextRequest();
        reset.answer(200);
        reset.send("half".getBytes(StandardCharsets.UTF_8), false);
        reset.resetWith(Http2Error.INTERNAL_ERROR.code());
        assertBrokenOff(visitor.reply(1));

        visitor.get(3, "app.localhost", "/");
        AgentSideStream tooShort = agent.nextRequest();
        tooShort.answer(200, "content-length", "10");
        tooShort.send("half".getBytes(StandardCharsets.UTF_8), true);
        assertBrokenOff(visitor.reply(3));

        visitor.get(5, "app.localhost", "/");
        AgentSideStream none = agent.nextRequest();
        none.answerAll(200, "content-length", "10");
        assertBrokenOff(visitor.reply(5));

        visitor.get(7, "app.localhost", "/");
        AgentSideStream lost = agent.nextRequest();
        lost.answer(200);
        lost.send("half".getBytes(StandardCharsets.UTF_8), false);
        assertThat(Objects.requireNonNull(visitor.next(RawHttp2.DATA)).payload())
                .hasSize(4);
        agent.drop();
        assertBrokenOff(visitor.reply(7));
    }

    private static void assertBrokenOff(RawHttp2.Reply reply) {
        assertThat(reply.complete()).isFalse();
        assertThat(reply.reset()).isEqualTo(Http2Error.INTERNAL_ERROR.code());
    }

    // T-W5
    @Test
    void visitorWhoCancelsCancelsTheRequestAtTheAgent() throws Exception {
        visitor.get(1, "app.localhost", "/");
        AgentSideStream stream = agent.nextRequest();
        visitor.frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.int32(RawHttp2.CANCEL));
        assertThat(stream.reset.get(1, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
        visitor.get(3, "app.localhost", "/");
        AgentSideStream other = agent.nextRequest();
        visitor.close();
        assertThat(other.reset.get(1, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
    }

    // T-W5
    @Test
    void answerBeforeTheBodysEndAsksForNoMoreOfIt() throws Exception {
        visitor.headers(1, false, RawHttp2.request("POST", "app.localhost", "/"));
        AgentSideStream stream = agent.nextRequest();
        stream.answer(413);
        stream.send("no".getBytes(StandardCharsets.UTF_8), true);
        RawHttp2.Reply reply = visitor.reply(1);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text()).isEqualTo("no");
        assertThat(reply.complete()).isTrue();
        RawHttp2.Frame reset = Objects.requireNonNull(visitor.next(RawHttp2.RST_STREAM));
        assertThat(reset.code()).isEqualTo(Http2Error.NO_ERROR.code());
    }

    // T-W4
    @Test
    void visitorWhoDoesNotReadHoldsBackItsOwnStreamAlone() throws Exception {
        visitor.refills = false;
        visitor.get(1, "app.localhost", "/endless");
        AtomicLong sent = new AtomicLong();
        AgentSideStream endless = agent.nextRequest();
        endless.answer(200);
        endless.sendForever(new byte[16 * 1024], sent);
        long got = 0;
        while (got < 65_535) {
            got += Objects.requireNonNull(visitor.next(RawHttp2.DATA)).payload().length;
        }
        // The connection's window is spent: it is opened again, but not the stream's.
        visitor.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.int32(1_000_000));
        for (int stream = 3; stream < 43; stream += 2) {
            visitor.get(stream, "app.localhost", "/small");
            AgentSideStream small = agent.nextRequest();
            small.answer(200);
            small.send(new byte[1000], true);
            assertThat(visitor.reply(stream).body()).hasSize(1000);
        }
        assertThat(sent.get()).isLessThan(2L * Ptth.STREAM_WINDOW_BYTES);
        visitor.frame(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.int32(100_000));
        RawHttp2.Frame more = Objects.requireNonNull(visitor.next(RawHttp2.DATA));
        assertThat(more.stream()).isEqualTo(1);
    }

    // T-W4
    @Test
    void agentThatDoesNotReadHoldsBackTheVisitor() throws Exception {
        agent.takesBodies = false;
        visitor.headers(1, false, RawHttp2.request("POST", "app.localhost", "/"));
        AgentSideStream stream = agent.nextRequest();
        // What the windows let through, and not a byte more: the visitor gets no window until the agent reads.
        long window = 65_536;
        long sent = 0;
        while (true) {
            while (window >= 16_384) {
                visitor.frame(RawHttp2.DATA, 0, 1, new byte[16_384]);
                window -= 16_384;
                sent += 16_384;
            }
            visitor.frame(RawHttp2.PING, 0, 0, new byte[8]);
            boolean widened = false;
            for (RawHttp2.Frame frame = Objects.requireNonNull(visitor.next());
                    frame.type() != RawHttp2.PING;
                    frame = Objects.requireNonNull(visitor.next())) {
                if (frame.type() == RawHttp2.WINDOW_UPDATE && frame.stream() == 1) {
                    window += frame.code();
                    widened = true;
                }
            }
            if (!widened) {
                break;
            }
            assertThat(sent).isLessThan(8L * Ptth.STREAM_WINDOW_BYTES);
        }
        assertThat(sent).isLessThanOrEqualTo(3L * Ptth.STREAM_WINDOW_BYTES);
        assertThat(stream.receivedBytes.get()).isLessThanOrEqualTo(Ptth.STREAM_WINDOW_BYTES);
    }

    // T-W6, B-D6
    @Test
    void webSocketOnAStreamPassesBothWaysUntouched() throws Exception {
        visitor.headers(1, false, webSocket());
        AgentSideStream stream = agent.nextRequest();
        assertThat(stream.field(":method")).isEqualTo("CONNECT");
        assertThat(stream.field(":protocol")).isEqualTo("websocket");
        assertThat(stream.field(":path")).isEqualTo("/chat");
        assertThat(stream.field("sec-websocket-protocol")).isEqualTo("chat");
        stream.answer(200, "sec-websocket-protocol", "chat");
        stream.send(new byte[] {(byte) 0x81, 0x02, 'h', 'i'}, false);
        Http2Headers head = visitor.decode(Objects.requireNonNull(visitor.next(RawHttp2.HEADERS)));
        assertThat(head.status()).hasToString("200");
        assertThat(head.get("sec-websocket-protocol")).hasToString("chat");
        assertThat(Objects.requireNonNull(visitor.next(RawHttp2.DATA)).payload())
                .hasSize(4);
        visitor.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[] {(byte) 0x88, 0});
        assertThat(stream.whole.get(10, TimeUnit.SECONDS)).containsExactly(0x88, 0);
        stream.send(new byte[] {(byte) 0x88, 0}, true);
        assertThat(Objects.requireNonNull(visitor.next(RawHttp2.DATA)).payload())
                .containsExactly(0x88, 0);
        assertThat(Objects.requireNonNull(visitor.next(RawHttp2.DATA)).has(RawHttp2.END_STREAM))
                .isTrue();
    }

    // T-W6
    @Test
    void refusedWebSocketShowsTheAppsOwnAnswer() throws Exception {
        visitor.headers(1, false, webSocket());
        AgentSideStream stream = agent.nextRequest();
        stream.answer(403, "content-type", "text/plain");
        stream.send("not you".getBytes(StandardCharsets.UTF_8), true);
        RawHttp2.Reply reply = visitor.reply(1);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).isEqualTo("not you");

        visitor.headers(3, false, webSocket());
        AgentSideStream plain = agent.nextRequest();
        plain.answer(200, "porthole-upgrade", "refused");
        assertThat(visitor.reply(3).status()).isEqualTo(502);
        visitor.headers(5, false, RawHttp2.request("CONNECT", "app.localhost", "/", ":protocol", "connect-udp"));
        assertThat(visitor.reply(5).status()).isEqualTo(501);
    }

    // B-D7, B-E4
    @Test
    void pagesOfTheEdgeComeOnStreamsToo() throws Exception {
        visitor.get(1, "nobody.localhost", "/");
        RawHttp2.Reply page = visitor.reply(1);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.field("porthole-error")).isEqualTo("tunnel_not_found");
        assertThat(page.text()).contains("nobody.localhost");
        visitor.headers(3, true, RawHttp2.request("OPTIONS", "app.localhost", "*"));
        assertThat(visitor.reply(3).status()).isEqualTo(204);
        visitor.get(5, "localhost", Ptth.CONNECT_PATH);
        assertThat(visitor.reply(5).status()).isEqualTo(426);
    }

    /** PINGs are the clock: the edge has passed on what came before them when it answers. */
    private void awaitBytes(AgentSideStream stream, long bytes) throws Exception {
        for (int asked = 0; stream.receivedBytes.get() < bytes; asked++) {
            assertThat(asked).isLessThan(900);
            visitor.frame(RawHttp2.PING, 0, 0, new byte[8]);
            assertThat(visitor.next(RawHttp2.PING)).isNotNull();
        }
    }

    private static String[] webSocket() {
        return new String[] {
            ":method",
            "CONNECT",
            ":protocol",
            "websocket",
            ":scheme",
            "http",
            ":authority",
            "app.localhost",
            ":path",
            "/chat",
            "sec-websocket-version",
            "13",
            "sec-websocket-protocol",
            "chat"
        };
    }

    private static Http2Headers trailers(String... fields) {
        Http2Headers trailers = new io.netty.handler.codec.http2.DefaultHttp2Headers(false);
        for (int at = 0; at < fields.length; at += 2) {
            trailers.add(fields[at], fields[at + 1]);
        }
        return trailers;
    }
}
