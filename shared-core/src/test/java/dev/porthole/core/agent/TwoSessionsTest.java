package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.Link;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.core.proxy.ProxyLimits;
import dev.porthole.core.wire.ControlMessage;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An agent with two sessions, at an edge that is driven by hand. */
class TwoSessionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AgentFixture wire = new AgentFixture(2);
    private final CarriedTunnel tunnel = new CarriedTunnel("tun_1", Endpoint.parse("localhost:9"));

    @AfterEach
    void close() {
        wire.close();
    }

    // B-D8
    @Test
    void theFirstSessionIsEnoughToBeRegisteredAndTheSecondUsesItsCredential() throws Exception {
        wire.agent.carry(tunnel);
        wire.agent.connect();
        EdgeSession first = wire.edge.nextSession();
        wire.agent.registered().get(20, TimeUnit.SECONDS);
        assertThat(AgentFixture.announced(first)).containsExactly("tun_1");
        Duration spread = wire.time.nextWaitUpTo(SECOND);
        assertThat(wire.edge.waitingConnects()).isOne();
        wire.time.advance(spread);
        EdgeSession second = wire.edge.nextSession();
        assertThat(AgentFixture.announced(second)).containsExactly("tun_1");
        wire.awaitLink(link -> link instanceof Link.Connected up && up.sessions() == 2);
        assertThat(wire.edge.nextConnect().headers().get("authorization")).isEqualTo("Bearer fetched-1");
        assertThat(wire.edge.nextConnect().headers().get("authorization")).isEqualTo("Bearer fetched-1");
        assertThat(wire.control.count("fetch")).isEqualTo(1);
    }

    @Test
    void theRoundTripIsToldInWholeMilliseconds() throws Exception {
        bothUp();
        wire.awaitLink(link -> link instanceof Link.Connected(int _, Duration roundTrip)
                && roundTrip != null
                && roundTrip.equals(roundTrip.truncatedTo(ChronoUnit.MILLIS)));
    }

    // B-D8
    @Test
    void theLinkIsUpWhileOneSessionIs() throws Exception {
        EdgeSession first = bothUp();
        wire.time.advance(Duration.ofMinutes(1));
        first.drop();
        wire.awaitLink(link -> link instanceof Link.Connected up && up.sessions() == 1);
        assertThat(wire.agent.acknowledged().get()).containsExactly("tun_1");
        wire.time.advance(wire.time.nextWaitUpTo(SECOND));
        EdgeSession third = wire.edge.nextSession();
        assertThat(AgentFixture.announced(third)).containsExactly("tun_1");
        wire.awaitLink(link -> link instanceof Link.Connected up && up.sessions() == 2);
    }

    // B-A7
    @Test
    void bothSessionsLostAreOneCycleWithOneFetch() throws Exception {
        EdgeSession _ = bothUp();
        assertThat(wire.control.count("fetch")).isEqualTo(1);
        wire.time.advance(Duration.ofMinutes(1));
        wire.edge.kill();
        wire.awaitLink(Link.Reconnecting.class::isInstance);
        for (int dials = 0; dials < 6; dials++) {
            wire.time.advance(wire.time.nextWaitUpTo(SECOND));
        }
        assertThat(wire.control.count("fetch")).isEqualTo(2);
        wire.edge.revive();
        Thread seconds = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    wire.time.advance(wire.time.nextWaitUpTo(SECOND));
                }
            } catch (InterruptedException enough) {
                return;
            }
        });
        EdgeSession _ = wire.edge.nextSession();
        wire.awaitLink(Link.Connected.class::isInstance);
        seconds.interrupt();
        assertThat(wire.control.count("fetch")).isEqualTo(2);
        assertThat(wire.control.storedToken()).isEqualTo("fetched-2");
    }

    // T-R4
    @Test
    void whoStopsSaysSoOnEachSession() throws Exception {
        EdgeSession first = bothUp();
        wire.agent.disconnect();
        assertThat(first.nextMessage()).isInstanceOf(ControlMessage.Drain.class);
        assertThat(first.nextMessage()).isEqualTo(new ControlMessage.Withdraw(java.util.List.of("tun_1")));
        first.awaitClosed();
        assertThat(wire.agent.link().get()).isEqualTo(new Link.Idle());
    }

    // T-R2
    @Test
    void wakingUpFindsADeadSessionAndDialsAtOnce() throws Exception {
        wire.edge.options(new EdgeSession.Options().withoutPongs());
        wire.agent.carry(tunnel);
        wire.agent.connect();
        EdgeSession dead = wire.edge.nextSession();
        AgentFixture.await(wire.agent.acknowledged(), ids -> ids.contains("tun_1"));
        wire.edge.options(new EdgeSession.Options());
        wire.time.advance(Duration.ofMinutes(1));
        long start = System.nanoTime();
        wire.agent.wake();
        dead.awaitClosed();
        EdgeSession _ = wire.edge.nextSession();
        // Without the question it would have taken five seconds at least.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    // T-R2, B-A7
    @Test
    void wakingUpEndsAWait() throws Exception {
        wire.edge.kill();
        wire.agent.connect();
        wire.awaitLink(Link.Reconnecting.class::isInstance);
        wire.edge.revive();
        wire.agent.wake();
        EdgeSession _ = wire.edge.nextSession();
    }

    @Test
    void sessionsAreCountedFromOne() {
        URI server = URI.create("http://localhost:1");
        assertThatThrownBy(() -> new AgentConfig(server, "con_1", "0.1.0", 0, AgentLimits.USUAL, ProxyLimits.USUAL))
                .hasMessage("sessions: 0 (expected: 1-16)");
        assertThat(AgentConfig.of(server, "con_1", "0.1.0").sessions()).isEqualTo(2);
    }

    private EdgeSession bothUp() throws Exception {
        wire.agent.carry(tunnel);
        wire.agent.connect();
        EdgeSession first = wire.edge.nextSession();
        AgentFixture.await(wire.agent.acknowledged(), ids -> ids.contains("tun_1"));
        wire.time.advance(wire.time.nextWaitUpTo(SECOND));
        EdgeSession second = wire.edge.nextSession();
        assertThat(AgentFixture.announced(first)).containsExactly("tun_1");
        assertThat(AgentFixture.announced(second)).containsExactly("tun_1");
        wire.awaitLink(link -> link instanceof Link.Connected up && up.sessions() == 2);
        return first;
    }
}
