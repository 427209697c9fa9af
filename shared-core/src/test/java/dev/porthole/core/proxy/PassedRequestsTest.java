package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.PassedRequest;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.WireHeaders;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agent's access lines: what is told of a request, to whom, and when. */
class PassedRequestsTest {
    private final AgentFixture wire = new AgentFixture();
    private final BlockingQueue<PassedRequest> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        wire.close();
    }

    private PassedRequest next() throws InterruptedException {
        PassedRequest request = told.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("a request is told").isNotNull();
        return request;
    }

    @Test // B-D11
    void requestIsToldWithTheEdgesIdAndWithoutItsQuery() throws Exception {
        try (RawApp app = RawApp.answering("HTTP/1.1 404 Not Found", "Content-Length: 0", "", "");
                Subscription _ = wire.traffic.requests("tun_1", told::add)) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            edge.open(
                    EdgeSession.head("GET", "tun_1", "/greet?token=planted")
                            .set(WireHeaders.REQUEST_ID, "00c0ffee00c0ffee"),
                    true);
            PassedRequest request = next();
            assertThat(request.id()).isEqualTo("00c0ffee00c0ffee");
            assertThat(request.method() + " " + request.target() + " " + request.status())
                    .isEqualTo("GET /greet 404");
            assertThat(request.tunnel()).isEqualTo("tun_1");
            assertThat(request.took()).isPositive();
            assertThat(request.missed()).isZero();
        }
    }

    @Test // B-D11, T-C6
    void secretInAPathIsMasked() throws Exception {
        try (RawApp app = RawApp.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", "");
                Subscription _ = wire.traffic.requests(null, told::add)) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            edge.get("tun_1", "/reset/aB3xYz_9aB3xYz_9aB3xYz_9aB3xYz_9");
            assertThat(next().target()).isEqualTo("/reset/***");
        }
    }

    @Test // B-D11
    void visitorWhoLeavesBeforeTheAnswerIs499() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawApp app = new RawApp(connection -> {
                    connection.readHead();
                    asked.countDown();
                    connection.readHead();
                });
                Subscription _ = wire.traffic.requests("tun_1", told::add)) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            EdgeExchange exchange = edge.open(EdgeSession.head("GET", "tun_1", "/slow"), true);
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            exchange.cancel();
            assertThat(next().status()).isEqualTo(PassedRequest.VISITOR_LEFT);
        }
    }

    @Test // B-D11
    void probesRefusalsAndOtherTunnelsAreNotTold() throws Exception {
        try (RawApp app = RawApp.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", "");
                Subscription _ = wire.traffic.requests("tun_2", told::add);
                Subscription _ = wire.traffic.requests("tun_1", told::add)) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            edge.send(new ControlMessage.Probe("tun_1", "nonce"));
            edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true)
                    .status();
            edge.get("tun_9", "/refused");
            edge.get("tun_1", "/told");
            assertThat(next().target()).isEqualTo("/told");
            edge.roundTrip();
            assertThat(told).isEmpty();
        }
    }

    @Test // B-D11
    void slowListenerMissesSomeAndHearsHowMany() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (RawApp app = RawApp.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", "");
                Subscription _ = wire.traffic.requests("tun_1", request -> {
                    told.add(request);
                    try {
                        slow.await();
                    } catch (InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                })) {
            EdgeSession edge = wire.carrying("tun_1", app.port());
            edge.get("tun_1", "/first");
            assertThat(next().missed()).isZero();
            // 256 are kept; the others are counted.
            for (int more = 0; more < 300; more++) {
                edge.get("tun_1", "/more").text();
            }
            edge.roundTrip();
            slow.countDown();
            assertThat(next().missed()).isEqualTo(44);
        }
    }
}
