package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.wire.WireHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CONNECT streams as the agent serves them: bytes, and how each end of them is told (RFC 9113, section 8.5). */
class ForwardedConnectTest {
    private AgentFixture wire;

    @BeforeEach
    void open() throws Exception {
        wire = new AgentFixture();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private static Http2Headers connect() {
        return new DefaultHttp2Headers()
                .method("CONNECT")
                .authority("localhost:5432")
                .set(WireHeaders.TUNNEL, "tun_1");
    }

    @Test // T-W5
    void endOfTheAppLeavesItListening() throws Exception {
        CompletableFuture<Integer> heard = new CompletableFuture<>();
        try (RawApp app = new RawApp(connection -> {
            connection.write("all");
            connection.socket().shutdownOutput();
            heard.complete(connection.socket().getInputStream().readAllBytes().length);
        })) {
            EdgeExchange stream = wire.carrying("tun_1", app.port()).open(connect(), false);
            assertThat(stream.status()).isEqualTo("200");
            assertThat(stream.text()).isEqualTo("all");
            for (int i = 0; i < 100; i++) {
                stream.send(new byte[64 * 1024], i == 99);
            }
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(100 * 64 * 1024);
        }
    }

    @Test // T-W5
    void lastBytesReachASlowAppAfterBothHaveEnded() throws Exception {
        CompletableFuture<Integer> heard = new CompletableFuture<>();
        CountDownLatch mayRead = new CountDownLatch(1);
        try (RawApp app = new RawApp(connection -> {
            connection.socket().shutdownOutput();
            mayRead.await();
            heard.complete(connection.socket().getInputStream().readAllBytes().length);
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange stream = edge.open(connect(), false);
            assertThat(stream.text()).isEmpty();
            for (int i = 0; i < 200; i++) {
                stream.send(new byte[64 * 1024], i == 199);
            }
            for (int i = 0; i < 50; i++) {
                edge.roundTrip();
            }
            mayRead.countDown();
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(200 * 64 * 1024);
        }
    }

    @Test // T-W5
    void resetStreamIsAResetForTheApp() throws Exception {
        CompletableFuture<String> saw = new CompletableFuture<>();
        try (RawApp app = new RawApp(connection -> {
            connection.write("x");
            try {
                saw.complete("read " + connection.socket().getInputStream().read());
            } catch (SocketException reset) {
                saw.complete("reset");
            } catch (IOException other) {
                saw.complete(other.toString());
            }
        })) {
            EdgeExchange stream = wire.carrying("tun_1", app.port()).open(connect(), false);
            assertThat(stream.nextPiece()).isEqualTo("x");
            stream.cancel();
            assertThat(saw.get(20, TimeUnit.SECONDS)).isEqualTo("reset");
        }
    }

    @Test // T-W5
    void resetOfTheAppIsAResetStream() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.write("half a");
            connection.read(1);
            connection.socket().setSoLinger(true, 0);
            connection.socket().close();
        })) {
            EdgeExchange stream = wire.carrying("tun_1", app.port()).open(connect(), false);
            assertThat(stream.nextPiece()).isEqualTo("half a");
            stream.send("x", false);
            assertThat(stream.resetCode()).isEqualTo(10);
            assertThat(stream.isComplete()).isFalse();
        }
    }
}
