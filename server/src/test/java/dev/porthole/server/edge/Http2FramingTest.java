package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9113 calls malformed ends at the edge: its stream or its connection, and nothing of it reaches an agent. */
class Http2FramingTest {
    private static final String GET = ":method=GET|:scheme=http|:authority=app.localhost|:path=/";
    private static final String POST = ":method=POST|:scheme=http|:authority=app.localhost|:path=/";

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

    // T-W1, T-W7
    @ParameterizedTest
    @ValueSource(
            strings = {
                GET + "|X-Upper=1",
                GET + "|x y=1",
                GET + "|x\r=1",
                GET + "|=1",
                GET + "|x:y=1",
                GET + "|x-a=a\u0000b",
                GET + "|x-a=a\rb",
                GET + "|x-a=a\nb",
                GET + "|x-a= a",
                GET + "|x-a=a\t",
                GET + "|connection=close",
                GET + "|connection=x-a|x-a=1",
                GET + "|keep-alive=timeout=5",
                GET + "|proxy-connection=keep-alive",
                GET + "|transfer-encoding=chunked",
                GET + "|upgrade=websocket",
                GET + "|te=gzip",
                GET + "|te=trailers, gzip",
                GET + "|:path=/",
                GET + "|:method=GET",
                GET + "|x-a=1|:authority=app.localhost",
                GET + "|:status=200",
                GET + "|:unknown=1",
                GET + "|:protocol=websocket",
                GET + "|content-length=5",
                ":method=GET|:scheme=http|:authority=app.localhost",
                ":method=GET|:scheme=http|:authority=app.localhost|:path=",
                ":method=GET|:scheme=http|:authority=app.localhost|:path=*",
                ":method=GET|:scheme=http|:authority=app.localhost|:path=nothing",
                ":method=GET|:scheme=http|:authority=app.localhost|:path=http://other.localhost/",
                ":method=GET|:scheme=http|:authority=app.localhost|:path=/a b",
                ":method=GET|:scheme=http|:authority=app.localhost|:path=/\u0007",
                ":method=GET|:authority=app.localhost|:path=/",
                ":scheme=http|:authority=app.localhost|:path=/",
                ":method=G T|:scheme=http|:authority=app.localhost|:path=/",
                ":method=|:scheme=http|:authority=app.localhost|:path=/",
                ":method=CONNECT|:scheme=http|:authority=app.localhost|:path=/",
                ":method=CONNECT|:authority=app.localhost|:protocol=websocket"
            })
    void malformedRequestEndsItsStreamAndNoOther(String fields) throws Exception {
        agent.requests.clear();
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            visitor.headers(1, true, pairs(fields));
            RawHttp2.Reply refused = visitor.reply(1);
            assertThat(refused.reset()).isEqualTo(RawHttp2.PROTOCOL_ERROR);
            assertThat(refused.head()).isNull();
            assertThat(agent.requests).isEmpty();
            visitor.get(3, "app.localhost", "/");
            assertThat(visitor.reply(3).status()).isEqualTo(200);
        }
    }

    // T-W1
    @ParameterizedTest
    @ValueSource(strings = {"+5", "0x5", "5 5", "5,5", "", "-5", "99999999999999999999", "4", "6"})
    void bodyOfAnotherLengthThanSaidIsNeverComplete(String length) throws Exception {
        agent.requests.clear();
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            visitor.headers(1, false, pairs(POST + "|content-length=" + length))
                    .frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, "hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(visitor.reply(1).reset()).isEqualTo(RawHttp2.PROTOCOL_ERROR);
            visitor.get(3, "nobody.localhost", "/");
            assertThat(visitor.reply(3).status()).isEqualTo(404);
        }
        for (WireAgent.AgentSideStream stream : agent.requests) {
            stream.reset.get(10, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(stream.whole).isNotDone();
        }
    }

    // T-W1
    @Test
    void whatFollowsMalformedFieldsIsNoViolationOfTheConnection() throws Exception {
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            visitor.headers(1, false, pairs(POST + "|X-Upper=1"))
                    .frame(RawHttp2.DATA, 0, 1, "hello".getBytes(StandardCharsets.US_ASCII))
                    .frame(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.int32(10))
                    .frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1)
                    .get(3, "app.localhost", "/");
            assertThat(visitor.reply(3).status()).isEqualTo(200);
            assertThat(visitor.goAway).isEqualTo(-1);
        }
    }

    // T-W1, T-W3
    @ParameterizedTest
    @ValueSource(strings = {":path=/", "X-Upper=1", "x-a=a\nb", "connection=close"})
    void malformedTrailersCancelTheRequest(String trailer) throws Exception {
        agent.requests.clear();
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            visitor.headers(1, false, pairs(POST));
            WireAgent.AgentSideStream stream = agent.nextRequest();
            visitor.frame(RawHttp2.DATA, 0, 1, "hello".getBytes(StandardCharsets.US_ASCII))
                    .headers(1, true, pairs(trailer));
            assertThat(visitor.reply(1).reset()).isEqualTo(RawHttp2.PROTOCOL_ERROR);
            stream.reset.get(10, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(stream.whole).isNotDone();
        }
    }

    // T-W3, T-W7, T-W8
    static Stream<Arguments> refusals() {
        return Map.of(
                        ":method=GET|:scheme=http|:path=/",
                        400,
                        ":method=GET|:scheme=http|:authority=app.localhost|:path=/|host=other.localhost",
                        400,
                        ":method=GET|:scheme=http|:path=/|host=app.localhost|host=app.localhost",
                        400,
                        ":method=GET|:scheme=http|:authority=me@app.localhost|:path=/",
                        400,
                        ":method=GET|:scheme=ftp|:authority=app.localhost|:path=/",
                        400,
                        ":method=TRACE|:scheme=http|:authority=app.localhost|:path=/",
                        405,
                        ":method=CONNECT|:authority=app.localhost:443",
                        405,
                        ":method=GET|:scheme=http|:authority=app.localhost|:path=/" + "a".repeat(2500),
                        414,
                        GET + "|x-a=" + "a".repeat(4500),
                        431,
                        GET + "|x-a=1".repeat(21),
                        431)
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    // T-W3, T-W7, T-W8
    @ParameterizedTest
    @MethodSource("refusals")
    void refusedRequestIsAnsweredAndTheConnectionGoesOn(String fields, int status) throws Exception {
        agent.requests.clear();
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            visitor.headers(1, true, pairs(fields));
            RawHttp2.Reply reply = visitor.reply(1);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.complete()).isTrue();
            assertThat(agent.requests).isEmpty();
            visitor.get(3, "app.localhost", "/");
            assertThat(visitor.reply(3).status()).isEqualTo(200);
        }
    }

    /** Frames that leave no doubt that the peer speaks no HTTP/2, and what it is told. */
    static Stream<Arguments> violations() {
        byte[] head = RawHttp2.block(pairs(GET));
        return Stream.of(
                Arguments.of("DATA on a stream that nobody opened", List.of(RawHttp2.bytes(0, 0, 1, new byte[5])), 1),
                Arguments.of("DATA without a stream", List.of(RawHttp2.bytes(0, 0, 0, new byte[5])), 1),
                Arguments.of("HEADERS without a stream", List.of(RawHttp2.bytes(1, 5, 0, head)), 1),
                Arguments.of("HEADERS on an even stream", List.of(RawHttp2.bytes(1, 5, 2, head)), 1),
                Arguments.of("CONTINUATION of nothing", List.of(RawHttp2.bytes(RawHttp2.CONTINUATION, 4, 1, head)), 1),
                Arguments.of(
                        "PING in a header block",
                        List.of(RawHttp2.bytes(1, 1, 1, head), RawHttp2.bytes(6, 0, 0, new byte[8])),
                        1),
                Arguments.of(
                        "CONTINUATION of another stream",
                        List.of(RawHttp2.bytes(1, 1, 1, head), RawHttp2.bytes(9, 4, 3, head)),
                        1),
                Arguments.of("PRIORITY without a stream", List.of(RawHttp2.bytes(2, 0, 0, new byte[5])), 1),
                Arguments.of("RST_STREAM of an idle stream", List.of(RawHttp2.bytes(3, 0, 1, new byte[4])), 1),
                Arguments.of("RST_STREAM of 3 bytes", List.of(RawHttp2.bytes(3, 0, 1, new byte[3])), 6),
                Arguments.of("SETTINGS of 5 bytes", List.of(RawHttp2.bytes(4, 0, 0, new byte[5])), 6),
                Arguments.of("SETTINGS on a stream", List.of(RawHttp2.bytes(4, 0, 1)), 1),
                Arguments.of("acknowledgement with settings", List.of(RawHttp2.bytes(4, 1, 0, new byte[6])), 6),
                Arguments.of("ENABLE_PUSH of 2", List.of(RawHttp2.bytes(4, 0, 0, new byte[] {0, 2, 0, 0, 0, 2})), 1),
                Arguments.of("MAX_FRAME_SIZE of 1", List.of(RawHttp2.bytes(4, 0, 0, new byte[] {0, 5, 0, 0, 0, 1})), 1),
                Arguments.of(
                        "INITIAL_WINDOW_SIZE of 2^31",
                        List.of(RawHttp2.bytes(4, 0, 0, new byte[] {0, 4, (byte) 0x80, 0, 0, 0})),
                        3),
                Arguments.of("PUSH_PROMISE", List.of(RawHttp2.bytes(5, 4, 1, new byte[4])), 1),
                Arguments.of("PING of 7 bytes", List.of(RawHttp2.bytes(6, 0, 0, new byte[7])), 6),
                Arguments.of("PING on a stream", List.of(RawHttp2.bytes(6, 0, 1, new byte[8])), 1),
                Arguments.of("GOAWAY on a stream", List.of(RawHttp2.bytes(7, 0, 1, new byte[8])), 1),
                Arguments.of("WINDOW_UPDATE of 0", List.of(RawHttp2.bytes(8, 0, 0, new byte[4])), 1),
                Arguments.of(
                        "WINDOW_UPDATE beyond 2^31",
                        List.of(RawHttp2.bytes(8, 0, 0, RawHttp2.int32(Integer.MAX_VALUE))),
                        3),
                Arguments.of("a frame that is too long", List.of(RawHttp2.bytes(0, 0, 1, new byte[16_385])), 6),
                Arguments.of("padding longer than its frame", List.of(RawHttp2.bytes(1, 13, 1, new byte[] {9, 0})), 1),
                Arguments.of("no HPACK", List.of(RawHttp2.bytes(1, 5, 1, new byte[] {(byte) 0xff, 0x7f})), 9),
                Arguments.of(
                        "an index that is not there", List.of(RawHttp2.bytes(1, 5, 1, new byte[] {(byte) 0xbe})), 9));
    }

    // T-W1
    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void violationOfTheConnectionEndsIt(String what, List<byte[]> frames, int code) throws Exception {
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            for (byte[] frame : frames) {
                visitor.send(frame);
            }
            assertThat(Objects.requireNonNull(visitor.next(RawHttp2.GOAWAY)).code())
                    .isEqualTo(code);
            assertThat(visitor.next()).isNull();
        }
    }

    // T-W1
    @Test
    void firstFrameHasToBeSettings() throws Exception {
        try (RawHttp2 visitor = new RawHttp2(RawHttp2.connected(fixture.edge.address()))) {
            visitor.send(RawHttp2.PREFACE).get(1, "app.localhost", "/");
            assertThat(Objects.requireNonNull(visitor.next(RawHttp2.GOAWAY)).code())
                    .isEqualTo(RawHttp2.PROTOCOL_ERROR);
        }
    }

    // T-W1
    @Test
    void prefaceInSinglePiecesIsStillOne() throws Exception {
        try (RawHttp2 visitor = new RawHttp2(RawHttp2.connected(fixture.edge.address()))) {
            for (byte octet : RawHttp2.PREFACE) {
                visitor.send(new byte[] {octet});
            }
            visitor.frame(RawHttp2.SETTINGS, 0, 0).get(1, "app.localhost", "/");
            assertThat(visitor.reply(1).status()).isEqualTo(200);
        }
    }

    // T-W1
    @ParameterizedTest
    @ValueSource(strings = {"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", "PRI * HTTP/2.0\r\nHost: app.localhost\r\n\r\n"})
    void whatOnlyLooksLikeThePrefaceIsAnsweredInHttp11(String text) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(text);
            assertThat(visitor.read().status()).isEqualTo(505);
        }
    }

    // T-W1, T-W3
    @ParameterizedTest
    @ValueSource(strings = {"P", "PR", "PROPFIND", "PUT", "POST", "PRIVATE"})
    void methodsThatBeginLikeThePrefaceAreHttp11(String method) throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            String request = method + " / HTTP/1.1\r\nHost: app.localhost\r\n\r\n";
            for (int at : IntStream.range(0, request.length()).toArray()) {
                visitor.send(request.substring(at, at + 1));
            }
            assertThat(visitor.read().status()).isEqualTo(200);
        }
    }

    private static String[] pairs(String fields) {
        return Arrays.stream(fields.split("\\|", -1))
                .flatMap(field -> Stream.of(field.substring(0, end(field)), field.substring(end(field) + 1)))
                .toArray(String[]::new);
    }

    private static int end(String field) {
        return field.indexOf('=');
    }
}
