package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.edge.ChaosProxy.Weather;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bad network between agent and edge, with requests in flight: every answer is right to the last byte or visibly
 * broken, nothing reaches the app twice, and afterwards all is well by itself.
 */
class ChaosTest {
    private static final int LARGEST = 300_000;

    private LiveTunnel tunnel;
    private Traffic traffic;

    @BeforeEach
    void start() throws Exception {
        tunnel = new LiveTunnel((request, out) -> traffic().to(request, out));
        traffic = new Traffic(tunnel.fixture.edge.address(), LARGEST);
    }

    /** An edge that finds a dead agent in a second or two. */
    private void startWithAnImpatientEdge() throws Exception {
        stop();
        tunnel = new LiveTunnel(
                (request, out) -> traffic().to(request, out),
                settings -> settings.with(EdgeSettings.Times.DEFAULT.withPing(Duration.ofSeconds(1))));
        traffic = new Traffic(tunnel.fixture.edge.address(), LARGEST);
    }

    private Traffic traffic() {
        return traffic;
    }

    @AfterEach
    void stop() throws Exception {
        traffic.stop();
        tunnel.close();
    }

    private void expectNothingWrong() throws Exception {
        traffic.stop();
        assertThat(traffic.wrong()).isEmpty();
        assertThat(traffic.twice()).as("requests that reached the app twice").isZero();
    }

    // T-W4, T-W5
    @Test
    void slowAndUnevenNetworkChangesNoByte() throws Exception {
        tunnel.chaos.weather(Weather.FAIR.withLatency(Duration.ofMillis(20), Duration.ofMillis(30)));
        traffic.start(16).awaitPerfect(200);
        expectNothingWrong();
        assertThat(traffic.broken()).isZero();
    }

    // T-W4
    @Test
    void narrowNetworkChangesNoByte() throws Exception {
        tunnel.chaos.weather(Weather.FAIR.withBytesPerSecond(2_000_000));
        traffic.start(8).awaitPerfect(60);
        expectNothingWrong();
        assertThat(traffic.broken()).isZero();
    }

    // T-W3, T-W4: a frame may be cut anywhere.
    @Test
    void segmentsOfOneByteChangeNoByte() throws Exception {
        tunnel.chaos.weather(Weather.FAIR.inSegmentsOf(1));
        traffic = new Traffic(tunnel.fixture.edge.address(), 30_000);
        traffic.start(4).awaitPerfect(100);
        expectNothingWrong();
        assertThat(traffic.broken()).isZero();
    }

    // T-W5, T-R2, B-D5
    @Test
    void resetsLeaveNoAnswerHalfAndSendNothingTwice() throws Exception {
        traffic.start(16).awaitPerfect(50);
        for (int times = 0; times < 6; times++) {
            tunnel.chaos.resetAll();
            tunnel.wakeAgent();
            traffic.awaitPerfect(30);
        }
        expectNothingWrong();
        assertThat(tunnel.chaos.connections()).isGreaterThan(6);
    }

    // T-W5, B-D5: what is under way when the session dies is answered at once, not after a time limit.
    @Test
    void requestInFlightIsBrokenVisiblyWhenTheSessionIsReset() throws Exception {
        java.util.concurrent.CountDownLatch reached = new java.util.concurrent.CountDownLatch(1);
        try (LiveTunnel waiting = new LiveTunnel((request, out) -> {
                    reached.countDown();
                    assertThat(request.body().read()).isNegative();
                    Thread.sleep(Duration.ofDays(1));
                });
                RawVisitor visitor = waiting.visitor()) {
            visitor.send("GET /never HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
            waiting.chaos.resetAll();
            RawVisitor.Reply reply = visitor.read();
            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.field("porthole-error")).isEqualTo("tunnel_offline");
        }
    }

    // T-W5, T-R2, B-A6: a link that is dead and looks alive.
    @Test
    void blackHoleIsNoticedByBothSidesAndLeft() throws Exception {
        startWithAnImpatientEdge();
        traffic.start(8).awaitPerfect(50);
        int before = tunnel.chaos.connections();
        tunnel.chaos.openHole();
        // Each visitor's request is answered, in words, although nothing ever comes back from the agent.
        traffic.awaitBroken(8);
        tunnel.chaos.fillHole();
        tunnel.wakeAgent();
        traffic.awaitPerfect(50);
        expectNothingWrong();
        assertThat(tunnel.chaos.connections()).isGreaterThan(before);
    }

    // T-W5, B-A6: a silence that ends in time is a delay and nothing else.
    @Test
    void shortSilenceChangesNoByte() throws Exception {
        traffic.start(8);
        for (int times = 0; times < 20; times++) {
            traffic.awaitPerfect(10);
            tunnel.chaos.openHole();
            tunnel.chaos.fillHole();
        }
        expectNothingWrong();
        assertThat(traffic.broken()).isZero();
    }

    // T-W5, T-R2, B-A6
    @ParameterizedTest
    @EnumSource(ChaosProxy.Side.class)
    void sideThatVanishesWithoutAWordIsMissed(ChaosProxy.Side side) throws Exception {
        startWithAnImpatientEdge();
        traffic.start(8).awaitPerfect(50);
        tunnel.chaos.losePower(side);
        traffic.awaitPerfect(100);
        expectNothingWrong();
    }

    // T-W5, T-R2
    @Test
    void restartedAgentServesOnAndNothingIsSentTwice() throws Exception {
        traffic.start(16).awaitPerfect(50);
        for (int times = 0; times < 5; times++) {
            tunnel.restartAgent();
            traffic.awaitPerfect(50);
        }
        expectNothingWrong();
    }

    // T-R6: what a stopped agent had open to the app ends with it.
    @Test
    void stoppedAgentLeavesNoConnectionToTheApp() throws Exception {
        for (int times = 0; times < 5; times++) {
            traffic.start(28).awaitPerfect(100);
            tunnel.restartAgent();
            traffic.awaitPerfect(100);
            traffic.stop();
            traffic = traffic.again();
            tunnel.app.awaitConnections(0);
        }
    }

    // T-W5
    @Test
    void appThatBreaksOffInBadWeatherNeverLooksComplete() throws Exception {
        tunnel.chaos.weather(Weather.FAIR
                .withLatency(Duration.ofMillis(1), Duration.ofMillis(5))
                .inSegmentsOf(100));
        traffic.breakOneIn(3);
        traffic.start(8).awaitPerfect(200);
        expectNothingWrong();
        assertThat(traffic.broken()).isGreaterThan(50);
    }
}
