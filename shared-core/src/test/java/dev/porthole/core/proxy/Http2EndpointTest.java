package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Http2EndpointTest {
    private static final int MIB = 1024 * 1024;

    private AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    // T-W2, T-W3, B-D4
    @Test
    void requestAndAnswerTravelAsTheyWereSaid() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange exchange = edge.open(
                    EdgeSession.head("PURGE", "tun_1", "/a%2Fb//c/../d?a&a=&b=%zz")
                            .add("x-one", "1")
                            .add("x-two", "2")
                            .add("x-one", "3")
                            .add("te", "trailers")
                            .add("porthole-request-id", "r1"),
                    false);
            exchange.send("abc", false).sendTrailers(new DefaultHttp2Headers().set("x-sum", "7"));
            Http2App.Call call = app.nextCall();
            assertThat(call.head().toString())
                    .contains(":method: PURGE", ":scheme: http", ":path: /a%2Fb//c/../d?a&a=&b=%zz")
                    .contains(":authority: quiet-blue-fox.localhost:8080", "x-one: 1, x-two: 2, x-one: 3")
                    .contains("te: trailers")
                    .doesNotContain("porthole-");
            assertThat(call.trailers().get("x-sum")).hasToString("7");
            assertThat(call.body()).isEqualTo("abc");

            call.says(false, ":status", "103", "link", "</s.css>");
            call.says(false, ":status", "200", "set-cookie", "a=1", "set-cookie", "b=2", "porthole-error", "x");
            call.data("fine", false).trailers("grpc-status", "0");
            assertThat(exchange.text()).isEqualTo("fine");
            assertThat(exchange.interim().stream().map(Http2Headers::status)).hasToString("[103]");
            assertThat(exchange.head().getAll("set-cookie")).hasToString("[a=1, b=2]");
            assertThat(exchange.head().contains("porthole-error")).isFalse();
            assertThat(exchange.trailers().get("grpc-status")).hasToString("0");
            assertThat(call.closed()).as("NO_ERROR").isZero();
        }
    }

    // T-W3
    @Test
    void answerMayBeTrailersOnlyOrHaveNoBody() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange refused = edge.get("tun_1", "/");
            app.nextCall().says(true, ":status", "200", "grpc-status", "12");
            assertThat(refused.bytes()).isEmpty();
            assertThat(refused.field("grpc-status")).isEqualTo("12");

            EdgeExchange head = edge.open(EdgeSession.head("HEAD", "tun_1", "/"), true);
            app.nextCall().says(true, ":status", "200", "content-length", "1234");
            assertThat(head.bytes()).isEmpty();
            assertThat(head.field("content-length")).isEqualTo("1234");
        }
    }

    // B-D5
    @Test
    void manyRequestsShareOneConnectionAndThoseBeyondItGetAnother() throws Exception {
        try (Http2App app = new Http2App(3, false)) {
            EdgeSession edge = carrying(app.port());
            List<EdgeExchange> exchanges = IntStream.range(0, 4)
                    .mapToObj(i -> edge.get("tun_1", "/" + i))
                    .toList();
            List<Http2App.Call> calls = List.of(app.nextCall(), app.nextCall(), app.nextCall(), app.nextCall());
            assertThat(app.connections()).isEqualTo(2);
            for (Http2App.Call call : calls) {
                call.says(false, ":status", "200").data(call.field(":path"), true);
            }
            for (int i = 0; i < 4; i++) {
                assertThat(exchanges.get(i).text()).isEqualTo("/" + i);
            }
            EdgeExchange again = edge.get("tun_1", "/again");
            app.nextCall().says(true, ":status", "204");
            assertThat(again.bytes()).isEmpty();
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    // T-R5
    @Test
    void requestsBeyondAllConnectionsWaitForAStreamToEnd() throws Exception {
        limits(Duration.ofSeconds(30), 1);
        try (Http2App app = new Http2App(1, false)) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange first = edge.get("tun_1", "/1");
            Http2App.Call one = app.nextCall();
            EdgeExchange second = edge.get("tun_1", "/2");
            edge.roundTrip();
            assertThat(app.waitingCalls()).isZero();
            one.says(true, ":status", "204");
            assertThat(first.status()).isEqualTo("204");
            app.nextCall().says(true, ":status", "204");
            assertThat(second.status()).isEqualTo("204");
            assertThat(app.connections()).isEqualTo(1);
        }
    }

    // T-W4
    @Test
    void visitorWhoStopsReadingHoldsTheAppBackAndNobodyElse() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange slow = edge.get("tun_1", "/slow").hold();
            Http2App.Call call = app.nextCall().says(false, ":status", "200");
            call.data(new byte[16 * MIB], false);
            for (int i = 0; i < 50; i++) {
                EdgeExchange quick = edge.get("tun_1", "/quick");
                app.nextCall().says(true, ":status", "204");
                assertThat(quick.status()).isEqualTo("204");
            }
            assertThat(call.isWritable()).as("whether the app may send more").isFalse();
            slow.letGo();
            call.data("", true);
            assertThat(slow.bytes()).hasSize(16 * MIB);
        }
    }

    // T-W4
    @Test
    void appThatStopsReadingHoldsTheVisitorBack() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange upload = edge.open(EdgeSession.head("PUT", "tun_1", "/"), false);
            Http2App.Call call = app.nextCall().hold();
            for (int i = 0; i < 16; i++) {
                upload.send(new byte[MIB], i == 15);
            }
            for (int i = 0; i < 50; i++) {
                edge.roundTrip();
            }
            assertThat(upload.sentBytes()).isLessThan(4L * MIB);
            call.letGo();
            assertThat(call.body()).hasSize(16 * MIB);
            call.says(true, ":status", "204");
            assertThat(upload.status()).isEqualTo("204");
        }
    }

    // T-W5
    @Test
    void visitorWhoLeavesCancelsTheAppsStreamAlone() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange leaving = edge.get("tun_1", "/1");
            EdgeExchange staying = edge.get("tun_1", "/2");
            Http2App.Call left = app.nextCall();
            Http2App.Call stayed = app.nextCall();
            leaving.cancel();
            assertThat(left.closed()).isEqualTo(Http2Error.CANCEL.code());
            stayed.says(true, ":status", "204");
            assertThat(staying.status()).isEqualTo("204");
        }
    }

    // T-W5
    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "REFUSED_STREAM", "ENHANCE_YOUR_CALM"})
    void resetThatCallersActUponReachesThemAndNothingIsSentTwice(Http2Error code) throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange before = edge.get("tun_1", "/before");
            app.nextCall().reset(code);
            assertThat(before.resetCode()).isEqualTo(code.code());

            EdgeExchange within = edge.get("tun_1", "/within");
            Http2App.Call call = app.nextCall().says(false, ":status", "200").data("half", false);
            assertThat(within.nextPiece()).isEqualTo("half");
            call.reset(code);
            assertThat(within.resetCode()).isEqualTo(code.code());
            edge.roundTrip();
            assertThat(app.waitingCalls()).isZero();
        }
    }

    // T-W5
    @Test
    void appThatBreaksOffNeverLooksComplete() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange before = edge.get("tun_1", "/before");
            app.nextCall().reset(Http2Error.INTERNAL_ERROR);
            assertThat(before.status()).isEqualTo("502");

            EdgeExchange within = edge.get("tun_1", "/within");
            Http2App.Call call = app.nextCall().says(false, ":status", "200").data("half", false);
            assertThat(within.nextPiece()).isEqualTo("half");
            call.reset(Http2Error.PROTOCOL_ERROR);
            assertThat(within.resetCode()).isEqualTo(Http2Error.INTERNAL_ERROR.code());

            EdgeExchange lost = edge.get("tun_1", "/lost");
            app.nextCall();
            app.kill();
            assertThat(lost.status()).isEqualTo("502");
            assertThat(lost.field("porthole-error")).isEqualTo("endpoint_refused");
        }
    }

    // T-W5, T-W10
    @Test
    void whatIsNoAnswerIsNotPassedOn() throws Exception {
        List<String[]> heads = List.of(
                new String[] {":status", "101"},
                new String[] {":status", "20"},
                new String[] {":status", "600"},
                new String[] {"x-no", "status"},
                new String[] {":status", "200", "content-length", "+3"},
                new String[] {":status", "200", "content-length", "3", "content-length", "3"},
                new String[] {":status", "200", "connection", "close"});
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            for (String[] head : heads) {
                EdgeExchange exchange = edge.get("tun_1", "/");
                app.nextCall().says(false, head);
                assertThat(exchange.status()).as(String.join(" ", head)).isEqualTo("502");
            }
            EdgeExchange tooShort = edge.get("tun_1", "/");
            app.nextCall().says(false, ":status", "200", "content-length", "10").data("half", true);
            assertThat(tooShort.resetCode()).isEqualTo(Http2Error.INTERNAL_ERROR.code());
            EdgeExchange tooLong = edge.get("tun_1", "/");
            app.nextCall().says(false, ":status", "200", "content-length", "3").data("long", false);
            assertThat(tooLong.resetCode()).isEqualTo(Http2Error.INTERNAL_ERROR.code());
            EdgeExchange endless = edge.get("tun_1", "/");
            app.nextCall().says(false, ":status", "200").says(false, "x-late", "1");
            assertThat(endless.resetCode()).isEqualTo(Http2Error.INTERNAL_ERROR.code());
        }
    }

    // T-W5
    @Test
    void appThatGoesAwayFinishesWhatRunsAndGetsTheNextOnAnotherConnection() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange running = edge.get("tun_1", "/1");
            Http2App.Call one = app.nextCall();
            app.goAway();
            one.says(false, ":status", "200").data("still ", false);
            assertThat(running.nextPiece()).isEqualTo("still ");
            EdgeExchange next = edge.get("tun_1", "/2");
            app.nextCall().says(true, ":status", "204");
            assertThat(next.status()).isEqualTo("204");
            one.data("here", true);
            assertThat(running.text()).isEqualTo("still here");
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    @Test
    void answerBeforeTheRequestsEndStopsTheRequest() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange upload = edge.open(EdgeSession.head("POST", "tun_1", "/"), false);
            Http2App.Call call = app.nextCall();
            call.says(false, ":status", "413").data("no!", true);
            assertThat(upload.text()).isEqualTo("no!");
            assertThat(upload.resetCode()).as("NO_ERROR").isZero();
            assertThat(call.closed()).isEqualTo(Http2Error.CANCEL.code());
        }
    }

    // B-D5, B-E4
    @Test
    void silentAppIs504ButACallOfGrpcWaitsAsItsCallerSays() throws Exception {
        limits(Duration.ofMillis(50), 8);
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange watch =
                    edge.open(EdgeSession.head("POST", "tun_1", "/w").set("content-type", "application/grpc"), false);
            Http2App.Call watching = app.nextCall();
            EdgeExchange silent = edge.get("tun_1", "/");
            assertThat(silent.status()).isEqualTo("504");
            assertThat(silent.field("porthole-error")).isEqualTo("endpoint_timeout");
            assertThat(app.nextCall().closed()).isEqualTo(Http2Error.CANCEL.code());

            EdgeExchange deadline = edge.open(
                    EdgeSession.head("POST", "tun_1", "/d")
                            .set("content-type", "application/grpc+proto")
                            .set("grpc-timeout", "60m"),
                    true);
            assertThat(deadline.status()).isEqualTo("504");
            watching.says(false, ":status", "200").data("an event", false);
            assertThat(watch.nextPiece()).isEqualTo("an event");
        }
    }

    // T-W8
    @Test
    void aCallThatWouldWaitForTenThousandYearsIsLikeOneThatSaysNothing() throws Exception {
        limits(Duration.ofMillis(50), 8);
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange call = edge.open(
                    EdgeSession.head("POST", "tun_1", "/w")
                            .set("content-type", "application/grpc")
                            .set("grpc-timeout", "99999999H"),
                    true);
            app.nextCall().says(false, ":status", "200").data("an event", true);
            assertThat(call.status()).isEqualTo("200");
            assertThat(call.nextPiece()).isEqualTo("an event");
        }
    }

    // B-E4
    @Test
    void appThatSpeaksOnlyHttp11IsSaidToBeOne() throws Exception {
        try (RawApp old = new RawApp(connection -> {
            connection.read(16);
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        })) {
            EdgeSession edge = carrying(old.port());
            assertThat(edge.get("tun_1", "/").status()).isEqualTo("502");
            edge.send(new ControlMessage.Probe("tun_1", "nonce"));
            EdgeExchange probe = edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true);
            assertThat(probe.field(WireHeaders.DETAIL))
                    .isEqualTo("h2c://localhost:" + old.port() + " does not speak HTTP/2.");
        }
    }

    @Test
    void appThatSpeaksHttp2AnswersItsProbe() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            edge.send(new ControlMessage.Probe("tun_1", "nonce"));
            EdgeExchange probe = edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true);
            assertThat(probe.status()).isEqualTo("204");
            assertThat(app.waitingCalls()).as("requests that the app saw").isZero();
        }
    }

    // T-W6
    @Test
    void webSocketIsAStreamWhereTheAppTakesThat() throws Exception {
        try (Http2App app = new Http2App()) {
            EdgeSession edge = carrying(app.port());
            EdgeExchange socket = edge.open(connect().set("sec-websocket-protocol", "chat"), false);
            Http2App.Call call = app.nextCall();
            assertThat(call.head().toString()).contains(":method: CONNECT", ":protocol: websocket", ":path: /ws");
            assertThat(call.field("sec-websocket-version")).isEqualTo("13");
            call.says(false, ":status", "200", "sec-websocket-protocol", "chat").data("hello", false);
            assertThat(socket.field("sec-websocket-protocol")).isEqualTo("chat");
            assertThat(socket.nextPiece()).isEqualTo("hello");
            call.data("", true);
            socket.send("still mine", true);
            assertThat(call.body()).isEqualTo("still mine");
            assertThat(socket.text()).isEqualTo("hello");
            assertThat(call.closed()).as("NO_ERROR").isZero();

            EdgeExchange refused = edge.open(connect(), false);
            app.nextCall().says(false, ":status", "403").data("nope", true);
            assertThat(refused.status()).isEqualTo("403");
            assertThat(refused.text()).isEqualTo("nope");
        }
    }

    // T-W6
    @Test
    void webSocketIsRefusedWhereTheAppHasNoWordsForIt() throws Exception {
        try (Http2App app = new Http2App(100, false)) {
            EdgeExchange refused = carrying(app.port()).open(connect(), false);
            assertThat(refused.status()).isEqualTo("501");
            assertThat(refused.field("porthole-error")).isEqualTo("endpoint_refused");
            assertThat(app.waitingCalls()).isZero();
        }
    }

    private static Http2Headers connect() {
        Http2Headers head = EdgeSession.head("CONNECT", "tun_1", "/ws");
        return head.set(Http2Headers.PseudoHeaderName.PROTOCOL.value(), "websocket");
    }

    private EdgeSession carrying(int port) throws InterruptedException {
        return wire.carrying(new CarriedTunnel("tun_1", Endpoint.parse("h2c://localhost:" + port)));
    }

    private void limits(Duration firstByte, int connections) {
        wire.close();
        wire = new AgentFixture(new ProxyLimits(Duration.ofSeconds(5), firstByte, Duration.ofSeconds(4), connections));
    }
}
