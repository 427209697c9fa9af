package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.traffic.Traffic;
import dev.porthole.core.traffic.Visitor;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.WireHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What passes is counted where it passes. */
class CountedTrafficTest {
    private final AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test // B-B16
    void requestIsCountedForItsTunnelAndVisitor() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.read("hello".length());
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello there");
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange post = edge.open(
                    EdgeSession.head("POST", "tun_1", "/greet?who=ada")
                            .add("content-length", "5")
                            .add("user-agent", "curl/8.5")
                            .add("x-forwarded-for", "203.0.113.7"),
                    false);
            assertThat(post.send("hello", true).text()).isEqualTo("hello there");
            edge.roundTrip();

            Traffic seen = wire.traffic.traffic("tun_1").get();
            assertThat(seen.requestsByMinute().sum()).isEqualTo(1);
            assertThat(seen.running()).isZero();
            assertThat(seen.visitors()).singleElement().satisfies(visitor -> {
                assertThat(visitor.address()).isEqualTo("203.0.113.7");
                assertThat(visitor.agent()).isEqualTo("curl/8.5");
                assertThat(visitor.path()).isEqualTo("/greet");
                assertThat(visitor.bytes()).isEqualTo("hello".length() + "hello there".length());
                assertThat(visitor.running()).isZero();
            });
            assertThat(wire.traffic.traffic("tun_2").get().requestsByMinute().sum())
                    .isZero();
        }
    }

    @Test // B-B16
    void failureIsCountedAndProbesAndRefusalsAreNot() throws Exception {
        try (RawApp app = RawApp.answering("HTTP/1.1 500 Oops", "Content-Length: 0", "", "")) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            edge.send(new ControlMessage.Probe("tun_1", "nonce"));
            assertThat(edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true)
                            .status())
                    .isEqualTo("204");
            assertThat(edge.get("tun_9", "/").status()).isEqualTo("403");
            assertThat(edge.get("tun_1", "/").status()).isEqualTo("500");
            edge.roundTrip();

            Traffic seen = wire.traffic.traffic("tun_1").get();
            assertThat(seen.requestsByMinute().sum()).isEqualTo(1);
            assertThat(seen.failuresByMinute().sum()).isEqualTo(1);
            assertThat(wire.traffic.traffic("tun_9").get().visitors()).isEmpty();
        }
    }

    @Test // B-B16
    void visitorWhoLeavesEarlyIsThereNoMore() throws Exception {
        try (RawApp app = new RawApp(connection -> {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nfirst");
            connection.readHead();
        })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange long_ =
                    edge.open(EdgeSession.head("GET", "tun_1", "/").add("x-forwarded-for", "203.0.113.7"), true);
            assertThat(long_.nextPiece()).isEqualTo("first");
            assertThat(wire.traffic.traffic("tun_1").get().visitors())
                    .extracting(Visitor::running)
                    .containsExactly(1);

            long_.cancel();
            edge.roundTrip();

            assertThat(wire.traffic.traffic("tun_1").get().visitors())
                    .extracting(Visitor::running)
                    .containsExactly(0);
        }
    }
}
