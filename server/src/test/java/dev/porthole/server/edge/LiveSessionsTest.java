package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real agents at a real edge, with a wire between them that fails. */
class LiveSessionsTest {
    /** The usual, but for the time to finish what runs: this machine may be busy. */
    private static final AgentLimits PATIENT = new AgentLimits(
            AgentLimits.USUAL.dial(),
            AgentLimits.USUAL.handshake(),
            AgentLimits.USUAL.peer(),
            AgentLimits.USUAL.stable(),
            AgentLimits.USUAL.drain(),
            Duration.ofSeconds(20));

    private final EdgeFixture fixture = new EdgeFixture();
    private final TcpProxy wire = new TcpProxy(fixture.edge.address());
    private final LiveAgents agents = new LiveAgents();

    @AfterEach
    void stop() {
        agents.close();
        wire.close();
        fixture.close();
    }

    // B-D8
    @Test
    void anAgentKeepsTwoSessionsWithOneCredential() throws Exception {
        Agent agent = agents.connect(wire.uri(), 2);
        LiveAgents.awaitSessions(agent, 2);
        assertThat(wire.dials.get()).isEqualTo(2);
        assertThat(agents.fetches.get()).isEqualTo(1);
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get(EdgeFixture.HOST, "/").text()).isEqualTo("fine");
        }
    }

    // B-D8
    @Test
    void losingOneOfTwoSessionsLosesNoNewRequest() throws Exception {
        try (TcpProxy other = new TcpProxy(fixture.edge.address())) {
            Agent first = agents.connect(wire.uri(), 1);
            Agent second = agents.connect(other.uri(), 1);
            LiveAgents.awaitSessions(first, 1);
            LiveAgents.awaitSessions(second, 1);
            for (int round = 0; round < 20; round++) {
                if (round % 10 == 5) {
                    first.wake();
                    LiveAgents.awaitSessions(first, 1);
                    wire.drop();
                    // Before the edge knows, a request may be on its way over the lost session.
                    fixture.awaitEvent("closed [tun_app]");
                }
                try (RawVisitor visitor = fixture.visitor()) {
                    assertThat(visitor.get(EdgeFixture.HOST, "/").status())
                            .as("round %d", round)
                            .isEqualTo(200);
                }
            }
        }
    }

    // B-A6, T-R2
    @Test
    void aSilentSessionIsFoundWithinThreeSecondsWhileSomebodyWaits() throws Exception {
        Agent agent = agents.connect(wire.uri(), 1);
        LiveAgents.awaitSessions(agent, 1);
        try (RawVisitor visitor = fixture.visitor();
                RawVisitor next = fixture.visitor()) {
            wire.swallows = true;
            long start = System.nanoTime();
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(visitor.read().status()).isEqualTo(502);
            Duration found = Duration.ofNanos(System.nanoTime() - start);
            wire.swallows = false;
            assertThat(next.get(EdgeFixture.HOST, "/").status()).isEqualTo(200);
            // The PING's patience at least, if it goes out at once; three, and a second for a busy machine, at most.
            assertThat(found).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(4));
        }
    }

    // B-A6, B-D8
    @Test
    void newRequestsAvoidASessionThatOwesAnAnswer() throws Exception {
        try (TcpProxy other = new TcpProxy(fixture.edge.address())) {
            Agent silent = agents.connect(wire.uri(), 1);
            Agent well = agents.connect(other.uri(), 1);
            LiveAgents.awaitSessions(silent, 1);
            LiveAgents.awaitSessions(well, 1);
            wire.swallows = true;
            List<RawVisitor> waiting = new ArrayList<>();
            List<Integer> statuses = new ArrayList<>();
            for (int number = 0; number < 2; number++) {
                RawVisitor visitor = fixture.visitor();
                visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                waiting.add(visitor);
            }
            for (RawVisitor visitor : waiting) {
                statuses.add(visitor.read().status());
                visitor.close();
            }
            // One went to each, and the one that could not be answered is said to have failed.
            assertThat(statuses).containsExactlyInAnyOrder(200, 502);
        }
    }

    // T-R4
    @Test
    void aStoppingEdgeLosesNoRequestAndItsAgentsAreElsewhere() throws Exception {
        try (EdgeFixture next = new EdgeFixture()) {
            Agent agent = agents.connect(wire.uri(), 2);
            LiveAgents.awaitSessions(agent, 2);
            try (RawVisitor slow = fixture.visitor()) {
                slow.send("GET /slow HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                assertThat(agents.slowBegan.await(20, TimeUnit.SECONDS)).isTrue();
                wire.target(next.edge.address());
                CompletableFuture<Void> closed = CompletableFuture.runAsync(fixture.edge::close);
                next.awaitEvent("carried");
                try (RawVisitor visitor = next.visitor()) {
                    assertThat(visitor.get(EdgeFixture.HOST, "/").status()).isEqualTo(200);
                }
                assertThat(closed).isNotDone();
                agents.slowMayEnd.countDown();
                RawVisitor.Reply reply = slow.read();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.text()).isEqualTo("fine");
                closed.get(20, TimeUnit.SECONDS);
            }
        }
    }

    // T-R4
    @Test
    void aStoppingAgentFinishesWhatRuns() throws Exception {
        Agent agent = agents.connect(wire.uri(), 2, PATIENT);
        LiveAgents.awaitSessions(agent, 2);
        try (RawVisitor slow = fixture.visitor();
                RawVisitor late = fixture.visitor()) {
            slow.send("GET /slow HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(agents.slowBegan.await(20, TimeUnit.SECONDS)).isTrue();
            Thread closing = Thread.ofVirtual().start(agent::close);
            fixture.awaitEvent("withdrawn");
            fixture.awaitEvent("withdrawn");
            late.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 0\r\n\r\n");
            assertThat(late.read().status()).isEqualTo(503);
            agents.slowMayEnd.countDown();
            RawVisitor.Reply reply = slow.read();
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            closing.join();
            assertThat(agent.link().get()).isEqualTo(new Link.Idle());
        }
    }

    // B-A8
    @Test
    void stoppingTakesNoLongerThanASecondWhateverRuns() throws Exception {
        Agent agent = agents.connect(wire.uri(), 2);
        LiveAgents.awaitSessions(agent, 2);
        try (RawVisitor slow = fixture.visitor()) {
            slow.send("GET /slow HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(agents.slowBegan.await(20, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            agent.disconnect();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(slow.read().status()).isEqualTo(502);
        }
    }

    // T-W10
    @ParameterizedTest
    @CsvSource({"REFUSE, 400", "REFUSE, 403", "REFUSE, 426", "REFUSE, 501", "STRIP, 0", "HANG_UP, 0", "CUT_AFTER, 0"})
    void whereTheUpgradeIsRefusedAWebSocketCarriesTheSession(TcpProxy.Upgrades box, int status) throws Exception {
        wire.upgrades = box;
        wire.refusal = status;
        Agent agent = agents.connect(wire.uri(), 2);
        LiveAgents.awaitSessions(agent, 2);
        // The upgrade was tried once, and the WebSocket that went through is taken at once for the second session.
        assertThat(wire.dials.get()).isEqualTo(3);
        assertThat(agents.fetches.get()).isEqualTo(1);
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get(EdgeFixture.HOST, "/bytes/3000000").body()).hasSize(3_000_000);
            visitor.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 3000000\r\n\r\n");
            visitor.send(new byte[3_000_000]);
            assertThat(visitor.read().field("x-received")).isEqualTo("3000000");
        }
    }

    // T-W10
    @ParameterizedTest
    @CsvSource({"PASS", "REFUSE"})
    void aWireThatCrumblesEverythingCarriesTheSameBytes(TcpProxy.Upgrades box) throws Exception {
        wire.upgrades = box;
        wire.oneByteSegments = true;
        Agent agent = agents.connect(wire.uri(), 1);
        LiveAgents.awaitSessions(agent, 1);
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get(EdgeFixture.HOST, "/bytes/20000").body()).hasSize(20_000);
        }
    }

    // T-R2
    @Test
    void twoHundredAgentsAreBackWithinTenSecondsOfARestart() throws Exception {
        int count = 200;
        List<Agent> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(agents.connect(wire.uri(), 2));
        }
        for (Agent agent : all) {
            LiveAgents.awaitSessions(agent, 2);
        }
        wire.cut();
        for (Agent agent : all) {
            LiveAgents.await(agent.link(), link -> !(link instanceof Link.Connected));
        }
        long start = System.nanoTime();
        wire.mend();
        for (Agent agent : all) {
            LiveAgents.await(agent.link(), Link.Connected.class::isInstance);
        }
        Duration back = Duration.ofNanos(System.nanoTime() - start);
        assertThat(back).isLessThan(Duration.ofSeconds(10));
    }
}
