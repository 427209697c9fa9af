package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.Link;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.core.proxy.ProxyLimits;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.WireHeaders;
import dev.porthole.core.wire.http2.PeerWatch;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentTest {
    private AgentFixture wire = new AgentFixture();
    private final CarriedTunnel tunnel = new CarriedTunnel("tun_1", Endpoint.parse("localhost:9"));

    @AfterEach
    void close() {
        wire.close();
    }

    @Test // B-A2 B-A9 B-B5
    void aFirstConnectFetchesBeatsAndStoresWhatWorked() throws Exception {
        wire.agent.carry(tunnel);
        wire.agent.connect();
        wire.agent.registered().get(20, TimeUnit.SECONDS);
        assertThat(wire.control.nextBeat().tunnels()).containsExactly("tun_1");
        WireEdge.Connect connect = wire.edge.nextConnect();
        assertThat(connect.path()).isEqualTo("/.porthole/connect");
        assertThat(connect.headers().get("authorization")).isEqualTo("Bearer fetched-1");
        assertThat(connect.headers().get(WireHeaders.INSTANCE)).isEqualTo(wire.agent.instance());
        EdgeSession session = wire.edge.nextSession();
        assertThat(session.settings().connectProtocolEnabled()).isTrue();
        assertThat(AgentFixture.announced(session)).containsExactly("tun_1");
        wire.awaitLink(Link.Connected.class::isInstance);
        assertThat(wire.control.events().indexOf("save:fetched-1"))
                .isGreaterThan(wire.control.events().indexOf("fetch"));
        wire.agent.disconnect();
        assertThat(wire.control.storedToken()).isNull();
    }

    @Test // B-A2
    void aStoredCredentialIsUsedFirst() throws Exception {
        wire.control.storing("kept");
        wire.agent.connect();
        assertThat(wire.edge.nextConnect().headers().get("authorization")).isEqualTo("Bearer kept");
        wire.awaitLink(Link.Connected.class::isInstance);
        assertThat(wire.control.count("fetch")).isZero();
    }

    @Test // B-A7
    void aRefusedCredentialIsReplacedOnceAndTriedAtOnce() throws Exception {
        wire.control.storing("old");
        wire.edge.answerNext(401, 503);
        wire.agent.connect();
        assertThat(wire.edge.nextConnect().headers().get("authorization")).isEqualTo("Bearer old");
        assertThat(wire.edge.nextConnect().headers().get("authorization")).isEqualTo("Bearer fetched-1");
        wire.awaitLink(Link.Reconnecting.class::isInstance);
        // B-A5: what failed erased nothing.
        assertThat(wire.control.storedToken()).isEqualTo("old");
        wire.time.nextWaitUpTo(Duration.ofSeconds(1));
        wire.time.advance(Duration.ofSeconds(1));
        wire.edge.nextConnect();
        wire.edge.nextSession();
        wire.awaitLink(Link.Connected.class::isInstance);
        assertThat(wire.control.count("fetch")).isEqualTo(1);
        assertThat(wire.control.storedToken()).isEqualTo("fetched-1");
    }

    @Test // B-A8
    void parallelConnectsAreOneAndNothingReconnectsAfterDisconnect() throws Exception {
        List<Thread> connecting = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofVirtual().start(wire.agent::connect))
                .toList();
        for (Thread thread : connecting) {
            thread.join();
        }
        EdgeSession session = wire.edge.nextSession();
        wire.edge.nextConnect();
        wire.awaitLink(Link.Connected.class::isInstance);
        wire.agent.disconnect();
        session.awaitClosed();
        wire.time.advance(Duration.ofMinutes(10));
        assertThat(wire.agent.link().get()).isEqualTo(new Link.Idle());
        assertThat(wire.edge.waitingConnects()).isZero();
        assertThat(wire.control.events()).contains("leave", "clear");
    }

    @Test // B-A6
    void aLinkThatIsDeadButLooksAliveIsNoticed() throws Exception {
        wire.close();
        AgentLimits quick = new AgentLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                PeerWatch.Times.every(Duration.ofMillis(50)),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofMillis(500));
        wire = new AgentFixture(1, quick, ProxyLimits.USUAL);
        wire.edge.options(new EdgeSession.Options().withoutPongs());
        wire.agent.connect();
        EdgeSession dead = wire.edge.nextSession();
        wire.edge.options(new EdgeSession.Options());
        dead.awaitClosed();
        wire.edge.nextSession();
    }

    @Test // B-A1
    void anEndedSignInIsSaidAndNotRetried() throws Exception {
        wire.control.failFetch(new ControlException.Reason.Unauthorized());
        wire.agent.connect();
        wire.awaitLink(Link.SignInNeeded.class::isInstance);
        wire.time.advance(Duration.ofMinutes(10));
        assertThat(wire.control.count("fetch")).isEqualTo(1);
        wire.agent.credentialsRenewed();
        wire.awaitLink(Link.Connected.class::isInstance);
        assertThat(wire.control.count("fetch")).isEqualTo(2);
    }

    @Test // T-R4
    void anEdgeThatWantsToStopIsLeftOnlyForAnother() throws Exception {
        EdgeSession first = wire.carrying(tunnel);
        first.send(new ControlMessage.Drain("update"));
        EdgeSession second = wire.edge.nextSession();
        assertThat(AgentFixture.announced(second)).containsExactly("tun_1");
        first.awaitClosed();
        AgentFixture.await(wire.agent.acknowledged(), ids -> ids.contains("tun_1"));
        assertThat(second.isOpen()).isTrue();
    }

    @Test // B-B12
    void aVanishedProjectEndsEverything() throws Exception {
        wire.control.failBeat(new ControlException.Reason.Gone());
        wire.agent.connect();
        wire.control.nextBeat();
        wire.awaitLink(Link.Idle.class::isInstance);
        wire.time.advance(Duration.ofMinutes(10));
        assertThat(wire.control.count("beat")).isEqualTo(1);
    }

    @Test // B-B9 T-W11
    void aStreamForATunnelNotCarriedIs403AndDialsNothing() throws Exception {
        try (ServerSocket app = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            EdgeSession session = wire.carrying("tun_1", app.getLocalPort());
            EdgeExchange foreign = session.get("tun_2", "/");
            assertThat(foreign.status()).isEqualTo("403");
            assertThat(foreign.field(WireHeaders.ERROR)).isEqualTo("access_denied");
            wire.agent.drop("tun_1");
            assertThat(session.get("tun_1", "/").status()).isEqualTo("403");
            app.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(app::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test // T-W11
    void metadataAddressesNeedADeliberateYes() throws Exception {
        EdgeSession session = wire.carrying(new CarriedTunnel("tun_1", Endpoint.parse("169.254.169.254:80")));
        assertThat(session.get("tun_1", "/").status()).isEqualTo("403");
    }

    @Test // B-B13
    void aProbeIsAnsweredOnceByTheAgentItself() throws Exception {
        try (ServerSocket app = new ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            EdgeSession session = wire.carrying("tun_1", app.getLocalPort());
            session.send(new ControlMessage.Probe("tun_1", "nonce"));
            EdgeExchange probe =
                    session.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true);
            assertThat(probe.status()).isEqualTo("204");
            assertThat(probe.field(WireHeaders.PROBE)).isEqualTo("nonce");
            EdgeExchange again =
                    session.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true);
            assertThat(again.status()).isEqualTo("403");
        }
    }

    @Test // T-R4
    void goAwayIsAnsweredByAnotherSessionFirst() throws Exception {
        EdgeSession first = wire.carrying(tunnel);
        first.goAway();
        EdgeSession second = wire.edge.nextSession();
        assertThat(AgentFixture.announced(second)).containsExactly("tun_1");
        first.awaitClosed();
        assertThat(second.isOpen()).isTrue();
        wire.awaitLink(Link.Connected.class::isInstance);
    }

    @Test // T-R2 B-A7
    void aKilledServerIsBackWithinASecondOfListeningAgain() throws Exception {
        EdgeSession first = wire.carrying(tunnel);
        wire.edge.kill();
        first.awaitClosed();
        wire.awaitLink(Link.Reconnecting.class::isInstance);
        Duration wait = wire.time.nextWaitUpTo(Duration.ofSeconds(1));
        for (int i = 0; i < 12; i++) {
            wire.time.advance(wait);
            wait = wire.time.nextWaitUpTo(Duration.ofSeconds(1));
        }
        wire.edge.revive();
        wire.time.advance(wait);
        assertThat(AgentFixture.announced(wire.edge.nextSession())).containsExactly("tun_1");
        wire.awaitLink(Link.Connected.class::isInstance);
    }

    @Test // B-A7 T-R2
    void aControlPlaneThatIsNotUpYetIsAskedAgainWithinASecond() throws Exception {
        ControlException.Reason down = new ControlException.Reason.Unreachable("", true);
        wire.control.failFetch(down, down, down, down, down);
        wire.agent.connect();
        for (int i = 0; i < 5; i++) {
            wire.time.advance(wire.time.nextWaitUpTo(Duration.ofSeconds(1)));
        }
        wire.awaitLink(Link.Connected.class::isInstance);
        assertThat(wire.control.count("fetch")).isEqualTo(6);
    }

    @Test // B-A7
    void anEdgeThatTakesAndDropsIsLeftInPeace() throws Exception {
        wire.agent.connect();
        EdgeSession first = wire.edge.nextSession();
        wire.awaitLink(Link.Connected.class::isInstance);
        first.drop();
        wire.awaitLink(Link.Reconnecting.class::isInstance);
        assertThat(wire.edge.waitingConnects()).isOne();
    }

    @Test // B-A10
    void eachReconnectPublishesAgainAndAFailureToPublishDropsNothing() throws Exception {
        ControlException.Reason broken = new ControlException.Reason.Refused(500, "");
        wire.control.failBeat(broken, broken, broken);
        EdgeSession first = wire.carrying(tunnel);
        assertThat(AgentFixture.announced(first)).containsExactly("tun_1");
        wire.control.nextBeat();
        assertThat(first.get("tun_1", "/").status()).isEqualTo("502");
        wire.time.advance(Duration.ofMinutes(1));
        first.drop();
        EdgeSession second = wire.edge.nextSession();
        assertThat(AgentFixture.announced(second)).containsExactly("tun_1");
        AgentFixture.await(wire.agent.acknowledged(), ids -> ids.contains("tun_1"));
        assertThat(wire.agent.link().get()).isInstanceOf(Link.Connected.class);
    }
}
