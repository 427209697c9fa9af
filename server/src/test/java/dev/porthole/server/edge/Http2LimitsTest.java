package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.wire.http2.Misuse;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever misuses HTTP/2 loses the stream or the connection, and nobody waits for ever. */
class Http2LimitsTest {
    private static final int STREAMS = EdgeSettings.Limits.DEFAULT.streams();
    private static final Misuse.Allowance MISUSE = Reception.misuse(EdgeSettings.Limits.DEFAULT);

    private EdgeFixture fixture = new EdgeFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void with(EdgeSettings.Times times) {
        fixture.close();
        fixture = new EdgeFixture(settings -> settings.with(times));
    }

    /** A frame in a flood: the edge may have hung up already, which reading will show. */
    private static boolean sent(RawHttp2 visitor, byte[] frame) {
        try {
            visitor.send(frame);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private void assertCalmed(RawHttp2 visitor, String what) throws Exception {
        while (visitor.next() != null) {
            // To the end.
        }
        assertThat(visitor.goAway).as(what).isIn(RawHttp2.ENHANCE_YOUR_CALM, -1L);
        try (RawHttp2 other = new RawHttp2(fixture.edge.address())) {
            other.get(1, "nobody.localhost", "/");
            assertThat(other.reply(1).status()).as("others are served").isEqualTo(404);
        }
    }

    // T-W8
    @Test
    void streamsBeyondTheLimitAreRefusedAndMayComeAgain() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            agent.app = new WireAgent.App() {};
            int most = 2 * STREAMS;
            for (int stream = 1; stream < most; stream += 2) {
                visitor.get(stream, "app.localhost", "/" + stream);
            }
            visitor.get(most + 1, "app.localhost", "/");
            assertThat(visitor.reply(most + 1).reset()).isEqualTo(RawHttp2.REFUSED_STREAM);
            AgentSideStream first = agent.nextRequest();
            first.answerAll(204);
            assertThat(visitor.reply(1).status()).isEqualTo(204);
            visitor.get(most + 3, "nobody.localhost", "/");
            assertThat(visitor.reply(most + 3).status()).isEqualTo(404);
        }
    }

    // T-W8
    @Test
    void rapidResetEndsTheConnection() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            agent.app = new WireAgent.App() {};
            byte[] cancel = RawHttp2.int32(RawHttp2.CANCEL);
            byte[] head = RawHttp2.block(RawHttp2.request("GET", "app.localhost", "/"));
            int stream = 1;
            while (stream < 4 * MISUSE.resets()
                    && sent(visitor, RawHttp2.bytes(RawHttp2.HEADERS, 5, stream, head))
                    && sent(visitor, RawHttp2.bytes(RawHttp2.RST_STREAM, 0, stream, cancel))) {
                stream += 2;
            }
            assertCalmed(visitor, "rapid reset");
            assertThat(agent.requests).hasSizeLessThanOrEqualTo(MISUSE.resets() + 1);
        }
    }

    // T-W8
    @Test
    void makingTheEdgeResetCountsAsMuch() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {};
            byte[] head = RawHttp2.block(RawHttp2.request("POST", "app.localhost", "/"));
            byte[][] mistakes = {
                RawHttp2.bytes(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[4]),
                RawHttp2.bytes(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.int32(Integer.MAX_VALUE)),
                RawHttp2.bytes(RawHttp2.PRIORITY, 0, 0, new byte[4]),
                RawHttp2.bytes(RawHttp2.HEADERS, 4, 0, RawHttp2.block("x-a", "1")),
                RawHttp2.bytes(RawHttp2.HEADERS, 5, 0, RawHttp2.block(":path", "/")),
            };
            for (byte[] mistake : mistakes) {
                try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
                    int stream = 1;
                    while (stream < 4 * MISUSE.resets()
                            && sent(visitor, RawHttp2.bytes(RawHttp2.HEADERS, 4, stream, head))
                            && sent(visitor, onStream(mistake, stream))) {
                        stream += 2;
                    }
                    assertCalmed(visitor, "frame of type " + mistake[3]);
                }
            }
        }
    }

    private static byte[] onStream(byte[] frame, int stream) {
        byte[] moved = frame.clone();
        System.arraycopy(RawHttp2.int32(stream), 0, moved, 5, 4);
        return moved;
    }

    // T-W8
    @Test
    void framesThatDoNothingEndTheConnection() throws Exception {
        byte[][] floods = {
            RawHttp2.bytes(RawHttp2.PING, 0, 0, new byte[8]),
            RawHttp2.bytes(RawHttp2.PING, RawHttp2.ACK, 0, new byte[8]),
            RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0),
            RawHttp2.bytes(RawHttp2.SETTINGS, RawHttp2.ACK, 0),
            RawHttp2.bytes(RawHttp2.PRIORITY, 0, 1, new byte[5]),
            RawHttp2.bytes(RawHttp2.GOAWAY, 0, 0, new byte[8]),
            RawHttp2.bytes(0x77, 0, 0, new byte[3]),
        };
        for (byte[] flood : floods) {
            try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
                int count = 0;
                while (count < 3 * MISUSE.idleFrames() && sent(visitor, flood)) {
                    count++;
                }
                assertCalmed(visitor, "frame of type " + flood[3]);
            }
        }
    }

    // T-W8
    @Test
    void continuationWithoutEndEndsTheConnection() throws Exception {
        for (int bytes : new int[] {0, 1, 16_384}) {
            try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
                visitor.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(RawHttp2.request("GET", "app.localhost", "/")));
                int count = 0;
                while (count < 1_000 && sent(visitor, RawHttp2.bytes(RawHttp2.CONTINUATION, 0, 1, new byte[bytes]))) {
                    count++;
                }
                assertCalmed(visitor, "CONTINUATION of " + bytes + " bytes");
            }
        }
    }

    // T-W8
    @Test
    void moreThanTheWindowLetsThroughIsAViolation() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            agent.app = new WireAgent.App() {};
            agent.takesBodies = false;
            visitor.headers(1, false, RawHttp2.request("POST", "app.localhost", "/"));
            agent.nextRequest();
            for (int piece = 0; piece < 400; piece++) {
                if (!sent(visitor, RawHttp2.bytes(RawHttp2.DATA, 0, 1, new byte[16_384]))) {
                    break;
                }
            }
            assertThat(visitor.reply(1).reset()).isEqualTo(RawHttp2.FLOW_CONTROL_ERROR);
        }
    }

    // T-W8
    @Test
    void headerBlockThatNeverEndsIsGivenUp() throws Exception {
        with(EdgeSettings.Times.DEFAULT.withHeaders(Duration.ofMillis(100)));
        byte[] head = RawHttp2.block(RawHttp2.request("GET", "app.localhost", "/"));
        byte[][] beginnings = {
            RawHttp2.bytes(RawHttp2.HEADERS, 0, 1, head), // no END_HEADERS
            {0, 0}, // no whole frame header
            {0, 0, 50, 1, 5, 0, 0, 0, 1, 7}, // no whole payload
        };
        for (byte[] beginning : beginnings) {
            try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
                assertThat(visitor.next(RawHttp2.SETTINGS)).isNotNull();
                visitor.send(beginning);
                while (visitor.next() != null) {
                    // To the end.
                }
                assertThat(visitor.goAway).isZero();
            }
        }
        try (RawHttp2 silent = new RawHttp2(RawHttp2.connected(fixture.edge.address()))) {
            silent.send("PRI * HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(silent.next()).isNull();
        }
    }

    // T-W8
    @Test
    void idleConnectionIsClosedWhateverPingsSay() throws Exception {
        with(EdgeSettings.Times.DEFAULT.withIdle(Duration.ofMillis(200)));
        try (RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            visitor.get(1, "nobody.localhost", "/");
            assertThat(visitor.reply(1).status()).isEqualTo(404);
            int pings = 0;
            do {
                if (pings++ < MISUSE.idleFrames() / 2) {
                    sent(visitor, RawHttp2.bytes(RawHttp2.PING, 0, 0, new byte[8]));
                }
            } while (visitor.next() != null);
            assertThat(visitor.goAway).isZero();
        }
    }

    // T-W8
    @Test
    void bodyThatDoesNotComeAndAnswerThatIsNotTakenAreGivenUp() throws Exception {
        with(EdgeSettings.Times.DEFAULT.withStall(Duration.ofMillis(200)));
        try (WireAgent agent = fixture.agent();
                RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            agent.app = new WireAgent.App() {};
            visitor.headers(1, false, RawHttp2.request("POST", "app.localhost", "/", "content-length", "5"));
            AgentSideStream owed = agent.nextRequest();
            assertThat(visitor.reply(1).reset()).isEqualTo(RawHttp2.CANCEL);
            owed.reset.get(10, TimeUnit.SECONDS);

            visitor.refills = false;
            visitor.get(3, "app.localhost", "/");
            AgentSideStream untaken = agent.nextRequest();
            untaken.answer(200);
            untaken.send(new byte[200_000], true);
            assertThat(visitor.reply(3).reset()).isEqualTo(RawHttp2.CANCEL);
        }
    }

    // T-W8
    @Test
    void conversationMayBeSilentForLong() throws Exception {
        with(EdgeSettings.Times.DEFAULT.withStall(Duration.ofMillis(50)));
        try (WireAgent agent = fixture.agent();
                RawHttp2 visitor = new RawHttp2(fixture.edge.address())) {
            agent.app = new WireAgent.App() {};
            visitor.headers(
                    1, false, RawHttp2.request("POST", "app.localhost", "/", "content-type", "application/grpc"));
            AgentSideStream call = agent.nextRequest();
            // A body that is owed is given up meanwhile, several times: that is how long the call is silent.
            for (int stream = 3; stream < 9; stream += 2) {
                visitor.headers(stream, false, RawHttp2.request("POST", "app.localhost", "/"));
                assertThat(visitor.reply(stream).reset()).isEqualTo(RawHttp2.CANCEL);
            }
            assertThat(call.reset).isNotDone();
            visitor.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[5]);
            call.whole.get(10, TimeUnit.SECONDS);
            call.answerAll(200, "grpc-status", "0");
            assertThat(visitor.reply(1).complete()).isTrue();
        }
    }

    // B-D15, T-R4
    @Test
    void stoppingEdgeSaysGoAwayAndFinishesWhatRuns() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawHttp2 visitor = new RawHttp2(fixture.edge.address());
                RawHttp2 idle = new RawHttp2(fixture.edge.address())) {
            agent.app = new WireAgent.App() {};
            idle.get(1, "nobody.localhost", "/");
            assertThat(idle.reply(1).status()).isEqualTo(404);
            visitor.get(1, "app.localhost", "/");
            AgentSideStream stream = agent.nextRequest();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(fixture.edge::close);
            assertThat(Objects.requireNonNull(visitor.next(RawHttp2.GOAWAY)).code())
                    .isZero();
            assertThat(idle.next(RawHttp2.GOAWAY)).isNotNull();
            assertThat(idle.next()).isNull();
            visitor.get(3, "app.localhost", "/");
            assertThat(visitor.reply(3).reset()).isEqualTo(RawHttp2.REFUSED_STREAM);
            stream.answer(200);
            stream.send("done".getBytes(StandardCharsets.UTF_8), true);
            RawHttp2.Reply reply = visitor.reply(1);
            assertThat(reply.text()).isEqualTo("done");
            assertThat(reply.complete()).isTrue();
            while (visitor.next() != null) {
                // To the end.
            }
            closed.get(20, TimeUnit.SECONDS);
        }
    }
}
