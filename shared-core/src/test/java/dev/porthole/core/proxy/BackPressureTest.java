package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 1024;
    // A stream's window, what the proxy reads ahead, and what two kernels keep in socket buffers.
    private static final long BOUND = 24L * 1024 * 1024;

    private final AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test // T-W4
    void aVisitorWhoStopsReadingHoldsTheAppBackAndNobodyElse() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawApp app = new RawApp(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 200 OK\r\n\r\n");
                    byte[] piece = new byte[PIECE];
                    for (int i = 0; i < PIECES; i++) {
                        connection.socket().getOutputStream().write(piece);
                        written.addAndGet(PIECE);
                    }
                });
                RawApp other = RawApp.answering("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok")) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            wire.agent.carry(
                    new CarriedTunnel("tun_2", dev.porthole.core.api.Endpoint.parse("localhost:" + other.port())));
            EdgeExchange slow = edge.get("tun_1", "/big").hold();
            assertThat(slow.status()).isEqualTo("200");
            for (int i = 0; i < 200; i++) {
                assertThat(edge.get("tun_2", "/").text()).isEqualTo("ok");
            }
            assertThat(written.get()).isLessThan(BOUND);
            slow.letGo();
            assertThat(slow.bytes()).hasSize(PIECE * PIECES);
        }
    }

    @Test // T-W4
    void anAppThatStopsReadingHoldsTheVisitorBack() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            read.await();
            connection.socket().getInputStream().skipNBytes((long) PIECE * PIECES);
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nall");
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange upload = edge.open(
                    EdgeSession.head("PUT", "tun_1", "/").set("content-length", Integer.toString(PIECE * PIECES)),
                    false);
            for (int i = 1; i <= PIECES; i++) {
                upload.send(new byte[PIECE], i == PIECES);
            }
            for (int i = 0; i < 200; i++) {
                edge.roundTrip();
            }
            assertThat(upload.sentBytes()).isLessThan(BOUND);
            read.countDown();
            assertThat(upload.text()).isEqualTo("all");
        }
    }
}
