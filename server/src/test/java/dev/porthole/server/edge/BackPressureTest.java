package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.wire.Ptth;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever takes slowly holds back whoever sends, and nobody else. */
class BackPressureTest {
    /** What kernels may hold for us on the way, both ends of a loopback connection taken together. */
    private static final long KERNEL_BYTES = 16L * 1024 * 1024;

    private EdgeFixture fixture;
    private WireAgent agent;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture();
        agent = fixture.agent();
    }

    @AfterEach
    void stop() {
        agent.close();
        fixture.close();
    }

    // T-W4
    @Test
    void visitorWhoDoesNotReadHoldsBackItsOwnStreamAlone() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                if ("/small".equals(stream.field(":path"))) {
                    stream.answer(200);
                    stream.send(new byte[1000], true);
                } else {
                    stream.answer(200);
                }
            }
        };
        try (RawVisitor slow = fixture.visitor();
                RawVisitor quick = fixture.visitor()) {
            slow.send("GET /endless HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            AtomicLong sent = new AtomicLong();
            agent.nextRequest().sendForever(new byte[16 * 1024], sent);
            slow.readHead();
            // The sender stands still once window and kernel buffers are full: then twenty answers pass beside it
            // without one more piece of the endless one.
            long before = standstill(sent, quick);
            assertThat(before).isLessThan(Ptth.STREAM_WINDOW_BYTES + KERNEL_BYTES);
            while (sent.get() == before) {
                assertThat(slow.bytes(64 * 1024)).hasSize(64 * 1024);
            }
        }
    }

    /** Exchanges of others are the clock: when none of twenty of them lets the sender send, it stands still. */
    private long standstill(AtomicLong sent, RawVisitor quick) throws Exception {
        long last = -1;
        for (int still = 0; still < 20; still++) {
            RawVisitor.Reply reply = quick.get("app.localhost", "/small");
            assertThat(reply.body()).hasSize(1000);
            long now = sent.get();
            if (now != last) {
                still = 0;
                last = now;
            }
            assertThat(now).isLessThan(4 * KERNEL_BYTES);
        }
        return last;
    }

    // T-W4
    @Test
    void agentThatDoesNotTakeHoldsBackTheVisitor() throws Exception {
        agent.takesBodies = false;
        AtomicLong sent = new AtomicLong();
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                byte[] chunk =
                        ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                try {
                    while (sent.get() < 8 * KERNEL_BYTES) {
                        visitor.send(chunk);
                        sent.addAndGet(0x4000);
                    }
                } catch (java.io.IOException closed) {
                    // The test's end.
                }
            });
            try (RawVisitor other = fixture.visitor()) {
                long last = standstill(sent, other, "/nothing");
                assertThat(last).isLessThan(Ptth.STREAM_WINDOW_BYTES + KERNEL_BYTES);
                assertThat(stream.receivedBytes.get()).isLessThanOrEqualTo(Ptth.STREAM_WINDOW_BYTES);
            }
            visitor.leave();
            writer.get(10, TimeUnit.SECONDS);
        }
    }

    private static long standstill(AtomicLong sent, RawVisitor other, String path) throws Exception {
        long last = -1;
        for (int still = 0; still < 50; still++) {
            other.get("unknown.localhost", path);
            long now = sent.get();
            if (now != last) {
                still = 0;
                last = now;
            }
        }
        return last;
    }

    // T-W4
    @Test
    void firstByteIsOutBeforeTheLastByteIsIn() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(200);
                stream.send("early".getBytes(java.nio.charset.StandardCharsets.UTF_8), false);
            }

            @Override
            public void complete(AgentSideStream stream) {
                stream.send(stream.body(), true);
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 4\r\n\r\n");
            assertThat(visitor.readHead().status()).isEqualTo(200);
            assertThat(visitor.line()).isEqualTo("5");
            assertThat(visitor.line()).isEqualTo("early");
            visitor.send("late");
            assertThat(visitor.line()).isEqualTo("4");
            assertThat(visitor.line()).isEqualTo("late");
        }
    }

    // T-W4
    @Test
    void eachEventOfAnEventStreamArrivesAtOnce() throws Exception {
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(200, "content-type", "text/event-stream");
            }
        };
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send("GET /events HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            visitor.readHead();
            for (int event = 0; event < 3; event++) {
                stream.send(("data: " + event + "\n\n").getBytes(java.nio.charset.StandardCharsets.UTF_8), false);
                visitor.line();
                assertThat(visitor.line()).isEqualTo("data: " + event);
                visitor.line();
                visitor.line();
            }
        }
    }
}
