package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.TunnelRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One tunnel, or one visitor, can't take what the others need. */
class FairnessTest {
    private static final WireAgent.App SILENT = new WireAgent.App() {};

    private EdgeFixture fixture;
    private final WireAgent agent = new WireAgent();
    private final List<RawVisitor> visitors = new ArrayList<>();

    @BeforeEach
    void start() {
        fixture = new EdgeFixture();
        addOther();
    }

    private void addOther() {
        fixture.routes.put(new TunnelRoute("tun_other", "prj_1", "other", EdgeFixture.ENDPOINT, true));
    }

    @AfterEach
    void stop() throws Exception {
        for (RawVisitor visitor : visitors) {
            visitor.close();
        }
        agent.close();
        fixture.close();
    }

    /** With ten streams, of which the session's control stream is one. */
    private void connect(String... tunnels) throws Exception {
        agent.takesStreams = 10;
        agent.app = SILENT;
        agent.dial(fixture.edge.address(), WireAgent.handshake("good-1"));
        agent.announce(tunnels);
    }

    /** Asks without an answer until the edge refuses one more; says how many were taken. */
    private int fill(String host) throws Exception {
        for (int taken = 0; ; taken++) {
            RawVisitor visitor = fixture.visitor();
            visitors.add(visitor);
            int before = agent.requests.size();
            visitor.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            // Either the agent hears of it, or the visitor of a refusal.
            while (agent.requests.size() == before) {
                if (visitor.socket.getInputStream().available() > 0) {
                    RawVisitor.Reply refusal = visitor.read();
                    assertThat(refusal.status()).isEqualTo(503);
                    assertThat(refusal.field("porthole-error")).isEqualTo("limit_exceeded");
                    assertThat(refusal.field("retry-after")).isEqualTo("5");
                    return taken;
                }
                Thread.onSpinWait();
            }
        }
    }

    // T-R5
    @Test
    void floodedTunnelLeavesStreamsToItsNeighbour() throws Exception {
        connect(EdgeFixture.TUNNEL, "tun_other");
        assertThat(fill("app.localhost")).isEqualTo(5);
        assertThat(fill("other.localhost")).isEqualTo(2);
        agent.requests.take().answerAll(204);
        assertThat(visitors.getFirst().read().status()).isEqualTo(204);
    }

    // T-R5
    @Test
    void tunnelThatIsAloneOnASessionHasAllOfItsStreams() throws Exception {
        connect(EdgeFixture.TUNNEL);
        assertThat(fill("app.localhost")).isEqualTo(9);
    }

    // T-R5
    @Test
    void streamsThatEndAreRoomAgainHoweverTheyEnd() throws Exception {
        connect(EdgeFixture.TUNNEL, "tun_other");
        for (int round = 0; round < 3; round++) {
            assertThat(fill("app.localhost")).isEqualTo(5);
            List<AgentSideStream> streams = new ArrayList<>();
            agent.requests.drainTo(streams);
            streams.get(0).answerAll(204);
            streams.get(1).resetWith(2);
            assertThat(visitors.get(0).read().status()).isEqualTo(204);
            assertThat(visitors.get(1).read().status()).isEqualTo(502);
            for (int index = 2; index < 5; index++) {
                visitors.get(index).leave();
                streams.get(index).reset.get(10, TimeUnit.SECONDS);
            }
            for (RawVisitor visitor : visitors) {
                visitor.close();
            }
            visitors.clear();
        }
    }

    // T-W4, T-W8, T-R5
    @Test
    void slowReadersBeyondTheMemoryForThemAreResetAndTheOthersGoOn() throws Exception {
        fixture.close();
        fixture = new EdgeFixture(settings -> settings.with(Shares.DEFAULT.withAnswerBytes(256 * 1024)));
        addOther();
        agent.app = new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answer(200);
                if (!"/endless".equals(stream.field(":path"))) {
                    stream.send(new byte[1000], true);
                }
            }
        };
        agent.dial(fixture.edge.address(), WireAgent.handshake("good-1"));
        agent.announce(EdgeFixture.TUNNEL);
        try (RawVisitor slow = fixture.visitor();
                RawVisitor quick = fixture.visitor()) {
            slow.send("GET /endless HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            AgentSideStream endless = agent.nextRequest();
            endless.sendForever(new byte[16 * 1024], new AtomicLong());
            while (!endless.reset.isDone()) {
                assertThat(quick.get("app.localhost", "/").body()).hasSize(1000);
            }
            assertThatThrownBy(() -> {
                        while (true) {
                            slow.send("does anybody listen?");
                        }
                    })
                    .as("its connection is reset")
                    .isInstanceOf(java.net.SocketException.class);
            assertThat(quick.get("app.localhost", "/").body()).hasSize(1000);
        }
    }

    private static final class Held implements AnswerBacklog.Holder {
        private long untaken;
        private boolean dropped;

        @Override
        public long untaken() {
            return untaken;
        }

        @Override
        public void drop() {
            dropped = true;
        }

        private void add(AnswerBacklog backlog, int bytes) {
            untaken += bytes;
            backlog.add(this, bytes);
        }

        private void take(AnswerBacklog backlog, int bytes) {
            untaken -= bytes;
            backlog.took(this, bytes);
        }
    }

    // T-R5
    @Test
    void whoeverHoldsMostIsDroppedAtTheBoundAndNotBelowIt() {
        AnswerBacklog backlog = new AnswerBacklog(100_000);
        Held small = new Held();
        Held large = new Held();
        Held next = new Held();
        small.add(backlog, AnswerBacklog.SMALL_BYTES);
        large.add(backlog, 50_000);
        next.add(backlog, 100_000 - 50_000 - AnswerBacklog.SMALL_BYTES);
        assertThat(backlog.untaken()).isEqualTo(100_000);
        assertThat(List.of(small.dropped, large.dropped, next.dropped)).containsOnly(false);
        next.add(backlog, 1);
        assertThat(List.of(small.dropped, large.dropped, next.dropped)).containsExactly(false, true, false);
        large.take(backlog, 50_000);
        assertThat(backlog.untaken()).isEqualTo(50_001);
    }
}
