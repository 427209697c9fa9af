package dev.porthole.server.edge;

import static dev.porthole.server.edge.TcpVisit.bytes;
import static dev.porthole.server.edge.TcpVisit.dial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.TunnelRoute;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A TCP tunnel's port, seen by raw sockets on one side and by a raw agent on the other. */
class TcpTunnelTest {
    private static final int BOUND = 24 * 1024 * 1024;

    private EdgeFixture fixture;
    private TunnelRoute route;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture(settings -> settings.with(EdgeSettings.Times.DEFAULT
                        .withReturningAgent(Duration.ofMillis(300))
                        .withPing(Duration.ofMinutes(1)))
                .with(new EdgeSettings.PortLimits(Duration.ofHours(1))));
        route = tcp(EdgeFixture.TUNNEL, "app", freePort(), true);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private TunnelRoute tcp(String id, String name, int port, boolean enabled) throws Exception {
        RoutePort own = new RoutePort(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false);
        TunnelRoute made = new TunnelRoute(id, "prj_1", name, Endpoint.parse("tcp://localhost:5432"), enabled, own);
        fixture.routes.put(made);
        if (enabled) {
            fixture.edge.listening(made).get(10, TimeUnit.SECONDS);
        }
        return made;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int portOf(TunnelRoute route) {
        return Objects.requireNonNull(route.port()).number();
    }

    /** A visitor whose connection has become a stream that the agent has not answered yet. */
    private TcpVisit asked() throws Exception {
        return new TcpVisit(fixture, route);
    }

    /** A visitor whom the endpoint has accepted. */
    private TcpVisit joined() throws Exception {
        return TcpVisit.joined(fixture, route);
    }

    private static void leave(Closeable socket) throws IOException {
        socket.close();
    }

    private static void assertReset(Socket visitor) {
        assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    // T-W11, RFC 9113, section 8.5
    @Test
    void connectionIsOneConnectStreamAndBytesGoBothWays() throws Exception {
        try (TcpVisit visit = asked()) {
            AgentSideStream stream = visit.stream;
            assertThat(stream.request.method()).hasToString("CONNECT");
            assertThat(stream.request.authority()).hasToString("localhost:5432");
            assertThat(stream.request.scheme()).isNull();
            assertThat(stream.request.path()).isNull();
            assertThat(stream.field("porthole-tunnel")).isEqualTo(EdgeFixture.TUNNEL);
            stream.answer(200);
            stream.send(bytes("hello"), false);
            assertThat(visit.read(5)).isEqualTo("hello");
            visit.write("GET / HTTP/1.1\0\r\n");
            visit.visitor.shutdownOutput();
            assertThat(stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(bytes("GET / HTTP/1.1\0\r\n"));
            stream.send(bytes("late"), true);
            assertThat(visit.readToTheEnd()).isEqualTo(bytes("late"));
            assertThat(stream.reset).isNotDone();
        }
    }

    @Test
    void nothingIsPassedOnBeforeTheEndpointHasAcceptedAndNothingIsLost() throws Exception {
        try (TcpVisit visit = asked()) {
            visit.write("early");
            visit.visitor.shutdownOutput();
            // A turn of the edge's loop that begins after both have arrived.
            try (Socket other = dial(route)) {
                assertThat(other.isConnected()).isTrue();
                visit.agent.nextRequest();
            }
            assertThat(visit.stream.receivedBytes.get()).isZero();
            visit.stream.answer(200);
            assertThat(visit.stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(bytes("early"));
        }
    }

    // T-W5
    @Test
    void agentsEndIsTheVisitorsEndAndTheVisitorMayGoOn() throws Exception {
        try (TcpVisit visit = joined()) {
            visit.stream.send(bytes("all"), true);
            assertThat(visit.readToTheEnd()).isEqualTo(bytes("all"));
            byte[] rest = new byte[6 * 1024 * 1024];
            visit.visitor.getOutputStream().write(rest);
            visit.visitor.shutdownOutput();
            assertThat(visit.stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(rest);
            assertThat(visit.stream.reset).isNotDone();
        }
    }

    // T-W5
    @Test
    void resetStreamIsAResetConnection() throws Exception {
        try (TcpVisit visit = joined()) {
            visit.stream.send(bytes("half a"), false);
            assertThat(visit.read(6)).isEqualTo("half a");
            visit.stream.resetWith(10);
            assertReset(visit.visitor);
        }
    }

    // T-W5
    @Test
    void resetConnectionIsAResetStream() throws Exception {
        try (TcpVisit visit = joined()) {
            visit.stream.send(bytes("x"), false);
            assertThat(visit.read(1)).isEqualTo("x");
            visit.breakOff();
            assertThat(visit.stream.reset.get(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(visit.stream.whole).isNotDone();
        }
    }

    // T-W5
    @Test
    void lostAgentResetsItsConnections() throws Exception {
        try (TcpVisit visit = joined()) {
            visit.stream.send(bytes("x"), false);
            assertThat(visit.read(1)).isEqualTo("x");
            visit.agent.drop();
            assertReset(visit.visitor);
        }
    }

    // T-W4
    @Test
    void visitorWhoStopsReadingHoldsTheAgentBackAndNobodyElse() throws Exception {
        TunnelRoute other = tcp("tun_other", "other", freePort(), true);
        try (TcpVisit slow = joined()) {
            slow.agent.announce("tun_other");
            AtomicLong sent = new AtomicLong();
            slow.stream.sendForever(new byte[64 * 1024], sent);
            for (int i = 0; i < 50; i++) {
                try (Socket quick = dial(other)) {
                    AgentSideStream its = slow.agent.nextRequest();
                    its.answer(200);
                    its.send(bytes("ok"), true);
                    assertThat(quick.getInputStream().readNBytes(2)).isEqualTo(bytes("ok"));
                }
            }
            assertThat(sent.get()).isLessThan(BOUND);
            slow.visitor.getInputStream().skipNBytes(2L * BOUND);
            assertThat(sent.get()).isGreaterThan(BOUND);
        }
    }

    // T-W4
    @Test
    void agentThatTakesNothingHoldsTheVisitorBack() throws Exception {
        try (TcpVisit visit = asked()) {
            visit.agent.takesBodies = false;
            visit.stream.answer(200);
            AtomicLong written = new AtomicLong();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    byte[] piece = new byte[64 * 1024];
                    while (written.get() < 4L * BOUND) {
                        visit.visitor.getOutputStream().write(piece);
                        written.addAndGet(piece.length);
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            assertThatThrownBy(() -> writing.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(written.get()).isLessThan(BOUND);
            assertThat(visit.stream.receivedBytes.get()).isLessThan(2L * 1024 * 1024);
        }
    }

    @Test
    void refusingEndpointResetsAndIsTold() throws Exception {
        try (TcpVisit visit = asked()) {
            visit.stream.answerAll(502, "porthole-error", "endpoint_refused");
            assertReset(visit.visitor);
            fixture.awaitEvent("endpointFailed tun_app");
        }
    }

    // T-R3
    @Test
    void connectionWaitsForAnAgentThatReturnsAndIsResetIfItStaysAway() throws Exception {
        try (Socket lost = dial(route)) {
            assertReset(lost);
        }
        fixture.close();
        fixture = new EdgeFixture();
        route = tcp(EdgeFixture.TUNNEL, "app", freePort(), true);
        try (Socket patient = dial(route);
                WireAgent agent = fixture.agent()) {
            agent.app = TcpVisit.SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send(bytes("here"), true);
            assertThat(patient.getInputStream().readAllBytes()).isEqualTo(bytes("here"));
        }
    }

    @Test
    void portClosesWithItsTunnelAndTakesItsVisitorsAlong() throws Exception {
        try (TcpVisit visit = joined()) {
            fixture.routes.put(new TunnelRoute(
                    route.tunnel(), route.project(), route.name(), route.endpoint(), false, route.port()));
            assertReset(visit.visitor);
            assertThat(visit.stream.reset.get(10, TimeUnit.SECONDS)).isNotNull();
            assertThatThrownBy(() -> dial(route)).isInstanceOf(IOException.class);
            tcp(EdgeFixture.TUNNEL, "app", portOf(route), true);
            dial(route).close();
            fixture.routes.remove("app");
            assertThatThrownBy(() -> fixture.edge
                            .listening(tcp(EdgeFixture.TUNNEL, "app", portOf(route), false))
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("turned off");
            assertThatThrownBy(() -> dial(route)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void restingConnectionIsResetAfterItsTime() throws Exception { // T-W8
        fixture.close();
        fixture = new EdgeFixture(settings -> settings.with(new EdgeSettings.PortLimits(Duration.ofMillis(200))));
        route = tcp(EdgeFixture.TUNNEL, "app", freePort(), true);
        try (TcpVisit visit = joined()) {
            assertReset(visit.visitor);
        }
    }

    // T-W7: a TCP tunnel has no name for HTTP.
    @Test
    void nameOfATcpTunnelIsNoHost() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get(EdgeFixture.HOST, "/").status()).isEqualTo(404);
        }
    }

    /** Answers each stream with one field; without a value, with what the stream itself has there. */
    private static WireAgent.App answering(int status, String field, @Nullable String value) {
        return new WireAgent.App() {
            @Override
            public void begun(AgentSideStream stream) {
                stream.answerAll(status, field, value == null ? String.valueOf(stream.field(field)) : value);
            }
        };
    }

    // B-B13
    @Test
    void probeGoesThroughThePortToTheAgentAndBack() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = answering(204, "porthole-probe", null);
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.Answered.class);
            ControlMessage.Probe told = (ControlMessage.Probe) agent.next();
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.request.method()).hasToString("CONNECT");
            assertThat(stream.field("porthole-probe")).isEqualTo(told.nonce()).hasSize(32);
        }
    }

    // B-B13
    @Test
    void agentWithoutTheNonceOrWithoutAnEndpointIsNotReady() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = answering(204, "porthole-probe", "00000000000000000000000000000000");
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.NotAnswered.class);
            agent.app = answering(502, "porthole-error", "endpoint_refused");
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.EndpointRefused.class);
        }
    }

    // B-B13
    @Test
    void takenPortIsSaidAndTakenUpWhenItIsFreeAgain() throws Exception {
        try (WireAgent agent = fixture.agent();
                ServerSocket squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            agent.app = answering(204, "porthole-probe", null);
            int port = squatter.getLocalPort();
            TunnelRoute lost = new TunnelRoute(
                    route.tunnel(),
                    route.project(),
                    route.name(),
                    route.endpoint(),
                    true,
                    new RoutePort(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false));
            fixture.routes.put(lost);
            assertThat(fixture.edge.prober().probe(lost)).isEqualTo(new ProbeResult.PortTaken(port, "another program"));
            leave(squatter);
            assertThat(fixture.edge.prober().probe(lost)).isInstanceOf(ProbeResult.Answered.class);
        }
    }
}
