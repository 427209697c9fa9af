package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.TunnelRoute;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes go the whole way, and only there. */
class ProbeTest {
    private EdgeFixture fixture;
    private TunnelRoute route;

    @BeforeEach
    void start() {
        fixture = new EdgeFixture();
        route = Objects.requireNonNull(fixture.routes.find("app"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    // B-B13
    @Test
    void probeGoesThroughThePublicListenerToTheAgentAndBack() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(204, "porthole-probe", String.valueOf(stream.field("porthole-probe")));
                }
            };
            ProbeResult result = fixture.edge.prober().probe(route);
            assertThat(result).isInstanceOf(ProbeResult.Answered.class);
            ControlMessage.Probe told = (ControlMessage.Probe) agent.next();
            assertThat(told.tunnel()).isEqualTo("tun_app");
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.field("porthole-probe")).isEqualTo(told.nonce()).hasSize(32);
            assertThat(stream.field("porthole-tunnel")).isEqualTo("tun_app");
        }
    }

    // B-B13
    @Test
    void refusingEndpointIsNotReady() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(502, "porthole-error", "endpoint_refused");
                }
            };
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.EndpointRefused.class);
        }
    }

    // B-B13, B-E4
    @Test
    void whatTheAgentSaysOfARefusedEndpointIsForItsOwnerAndForNoVisitor() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(
                            502,
                            "porthole-error",
                            "endpoint_refused",
                            "porthole-detail",
                            "The certificate of https://localhost:8443 has expired\u00e9.");
                }
            };
            assertThat(fixture.edge.prober().probe(route))
                    .isEqualTo(
                            new ProbeResult.EndpointRefused("The certificate of https://localhost:8443 has expired?."));
            try (RawVisitor visitor = fixture.visitor()) {
                RawVisitor.Reply reply = visitor.get("app.localhost", "/");
                assertThat(reply.status()).isEqualTo(502);
                assertThat(reply.fields("porthole-detail")).isEmpty();
                assertThat(reply.text()).doesNotContain("8443");
            }
        }
    }

    // B-B13
    @Test
    void answerOfTheAppIsNoAnswerToAProbe() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            assertThat(agent.closed).isNotDone();
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.NotAnswered.class);
        }
    }

    // B-B13
    @Test
    void tunnelWithoutASessionIsNotAnswered() {
        assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.NotAnswered.class);
    }

    // B-B13
    @Test
    void lostAgentEndsTheProbe() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {};
            CompletableFuture<ProbeResult> probe =
                    CompletableFuture.supplyAsync(() -> fixture.edge.prober().probe(route));
            agent.nextRequest();
            agent.drop();
            assertThat(probe.get(10, TimeUnit.SECONDS)).isInstanceOf(ProbeResult.NotAnswered.class);
        }
    }

    // B-B13
    @Test
    void nonceWorksOnceAndForItsOwnTunnel() throws Exception {
        fixture.routes.put(new TunnelRoute("tun_other", "prj_1", "other", EdgeFixture.ENDPOINT, true));
        try (WireAgent agent = fixture.agent();
                RawVisitor visitor = fixture.visitor()) {
            agent.announce("tun_other");
            agent.app = new WireAgent.App() {};
            CompletableFuture<ProbeResult> probe =
                    CompletableFuture.supplyAsync(() -> fixture.edge.prober().probe(route));
            AgentSideStream first = agent.nextRequest();
            String nonce = first.field("porthole-probe");
            visitor.send("GET / HTTP/1.1\r\nHost: other.localhost\r\nPorthole-Probe: " + nonce + "\r\n\r\n");
            assertThat(agent.nextRequest().field("porthole-probe")).isNull();
            first.answerAll(204, "porthole-probe", Objects.requireNonNull(nonce));
            assertThat(probe.get(10, TimeUnit.SECONDS)).isInstanceOf(ProbeResult.Answered.class);
        }
    }
}
