package dev.porthole.server.edge;

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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A TCP tunnel's port, seen by raw sockets on one side and by a raw agent on the other. */
class TcpTunnelTest {
    private static final WireAgent.App SILENT = new WireAgent.App() {};
    private static final int BOUND = 24 * 1024 * 1024;

    private EdgeFixture fixture;
    private TunnelRoute route;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture(settings -> settings.with(EdgeSettings.Times.DEFAULT
                        .withReturningAgent(Duration.ofMillis(300))
                        .withPing(Duration.ofMinutes(1)))
                .with(new EdgeSettings.PortLimits(Duration.ofHours(1), 20)));
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

    private Socket dial() throws IOException {
        return dial(route);
    }

    private static Socket dial(TunnelRoute route) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), portOf(route));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(InputStream in, int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        end(socket);
    }

    private static void end(Closeable socket) throws IOException {
        socket.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // T-W11, RFC 9113, section 8.5
    @Test
    void connectionIsOneConnectStreamAndBytesGoBothWays() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            assertThat(stream.request.method()).hasToString("CONNECT");
            assertThat(stream.request.authority()).hasToString("localhost:5432");
            assertThat(stream.request.scheme()).isNull();
            assertThat(stream.request.path()).isNull();
            assertThat(stream.field("porthole-tunnel")).isEqualTo(EdgeFixture.TUNNEL);
            stream.answer(200);
            stream.send(bytes("hello"), false);
            assertThat(read(visitor.getInputStream(), 5)).isEqualTo("hello");
            write(visitor, "GET / HTTP/1.1\0\r\n");
            visitor.shutdownOutput();
            assertThat(stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(bytes("GET / HTTP/1.1\0\r\n"));
            stream.send(bytes("late"), true);
            assertThat(visitor.getInputStream().readAllBytes()).isEqualTo(bytes("late"));
            assertThat(stream.reset).isNotDone();
        }
    }

    @Test
    void nothingIsPassedOnBeforeTheEndpointHasAcceptedAndNothingIsLost() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            write(visitor, "early");
            visitor.shutdownOutput();
            // A turn of the edge's loop that begins after both have arrived.
            try (Socket other = dial()) {
                assertThat(other.isConnected()).isTrue();
                agent.nextRequest();
            }
            assertThat(stream.receivedBytes.get()).isZero();
            stream.answer(200);
            assertThat(stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(bytes("early"));
        }
    }

    // T-W5
    @Test
    void agentsEndIsTheVisitorsEndAndTheVisitorMayGoOn() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send(bytes("all"), true);
            assertThat(visitor.getInputStream().readAllBytes()).isEqualTo(bytes("all"));
            byte[] rest = new byte[6 * 1024 * 1024];
            visitor.getOutputStream().write(rest);
            visitor.shutdownOutput();
            assertThat(stream.whole.get(10, TimeUnit.SECONDS)).isEqualTo(rest);
            assertThat(stream.reset).isNotDone();
        }
    }

    // T-W5
    @Test
    void resetStreamIsAResetConnection() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send(bytes("half a"), false);
            assertThat(read(visitor.getInputStream(), 6)).isEqualTo("half a");
            stream.resetWith(10);
            assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    // T-W5
    @Test
    void resetConnectionIsAResetStream() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send(bytes("x"), false);
            assertThat(read(visitor.getInputStream(), 1)).isEqualTo("x");
            reset(visitor);
            assertThat(stream.reset.get(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(stream.whole).isNotDone();
        }
    }

    // T-W5
    @Test
    void lostAgentResetsItsConnections() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send(bytes("x"), false);
            assertThat(read(visitor.getInputStream(), 1)).isEqualTo("x");
            agent.drop();
            assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    // T-W4
    @Test
    void visitorWhoStopsReadingHoldsTheAgentBackAndNobodyElse() throws Exception {
        TunnelRoute other = tcp("tun_other", "other", freePort(), true);
        try (WireAgent agent = fixture.agent();
                Socket slow = dial()) {
            agent.announce("tun_other");
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            AtomicLong sent = new AtomicLong();
            stream.sendForever(new byte[64 * 1024], sent);
            for (int i = 0; i < 50; i++) {
                try (Socket quick = dial(other)) {
                    AgentSideStream its = agent.nextRequest();
                    its.answer(200);
                    its.send(bytes("ok"), true);
                    assertThat(read(quick.getInputStream(), 2)).isEqualTo("ok");
                }
            }
            assertThat(sent.get()).isLessThan(BOUND);
            slow.getInputStream().skipNBytes(2L * BOUND);
            assertThat(sent.get()).isGreaterThan(BOUND);
        }
    }

    // T-W4
    @Test
    void agentThatTakesNothingHoldsTheVisitorBack() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            agent.takesBodies = false;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            AtomicLong written = new AtomicLong();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    byte[] piece = new byte[64 * 1024];
                    while (written.get() < 4L * BOUND) {
                        visitor.getOutputStream().write(piece);
                        written.addAndGet(piece.length);
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            assertThatThrownBy(() -> writing.get(2, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(written.get()).isLessThan(BOUND);
            assertThat(stream.receivedBytes.get()).isLessThan(2L * 1024 * 1024);
        }
    }

    @Test
    void refusingEndpointResetsAndIsTold() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            agent.nextRequest().answerAll(502, "porthole-error", "endpoint_refused");
            assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
            fixture.awaitEvent("endpointFailed tun_app");
        }
    }

    // T-R3
    @Test
    void connectionWaitsForAnAgentThatReturnsAndIsResetIfItStaysAway() throws Exception {
        try (Socket lost = dial()) {
            assertThatThrownBy(() -> lost.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        fixture.close();
        fixture = new EdgeFixture();
        route = tcp(EdgeFixture.TUNNEL, "app", freePort(), true);
        try (Socket patient = dial();
                WireAgent agent = fixture.agent()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send(bytes("here"), true);
            assertThat(patient.getInputStream().readAllBytes()).isEqualTo(bytes("here"));
        }
    }

    @Test
    void portClosesWithItsTunnelAndTakesItsVisitorsAlong() throws Exception {
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            fixture.routes.put(new TunnelRoute(
                    route.tunnel(), route.project(), route.name(), route.endpoint(), false, route.port()));
            assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(stream.reset.get(10, TimeUnit.SECONDS)).isNotNull();
            assertThatThrownBy(this::dial).isInstanceOf(IOException.class);
            tcp(EdgeFixture.TUNNEL, "app", portOf(route), true);
            dial().close();
            fixture.routes.remove("app");
            assertThatThrownBy(() -> fixture.edge
                            .listening(tcp(EdgeFixture.TUNNEL, "app", portOf(route), false))
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("turned off");
            assertThatThrownBy(this::dial).isInstanceOf(IOException.class);
        }
    }

    @Test
    void addressWithTooManyConnectionsGetsNoMore() throws Exception { // T-W8
        try (WireAgent agent = fixture.agent()) {
            agent.app = SILENT;
            java.util.List<Socket> many = new java.util.ArrayList<>();
            for (int i = 0; i < 20; i++) {
                many.add(dial());
                agent.nextRequest();
            }
            try (Socket oneMore = dial()) {
                assertThatThrownBy(() -> oneMore.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            reset(many.getFirst());
            assertThat(agent.requests).isEmpty();
            for (Socket socket : many) {
                socket.close();
            }
        }
    }

    @Test
    void restingConnectionIsResetAfterItsTime() throws Exception { // T-W8
        fixture.close();
        fixture = new EdgeFixture(settings -> settings.with(new EdgeSettings.PortLimits(Duration.ofMillis(200), 20)));
        route = tcp(EdgeFixture.TUNNEL, "app", freePort(), true);
        try (WireAgent agent = fixture.agent();
                Socket visitor = dial()) {
            agent.app = SILENT;
            agent.nextRequest().answer(200);
            assertThatThrownBy(() -> visitor.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    // T-W7: a TCP tunnel has no name for HTTP.
    @Test
    void nameOfATcpTunnelIsNoHost() throws Exception {
        try (RawVisitor visitor = fixture.visitor()) {
            assertThat(visitor.get(EdgeFixture.HOST, "/").status()).isEqualTo(404);
        }
    }

    // B-B13
    @Test
    void probeGoesThroughThePortToTheAgentAndBack() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(204, "porthole-probe", String.valueOf(stream.field("porthole-probe")));
                }
            };
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
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(204, "porthole-probe", "00000000000000000000000000000000");
                }
            };
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.NotAnswered.class);
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(502, "porthole-error", "endpoint_refused");
                }
            };
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.EndpointRefused.class);
        }
    }

    // B-B13
    @Test
    void takenPortIsSaidAndTakenUpWhenItIsFreeAgain() throws Exception {
        try (WireAgent agent = fixture.agent();
                ServerSocket squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(204, "porthole-probe", String.valueOf(stream.field("porthole-probe")));
                }
            };
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
            end(squatter);
            assertThat(fixture.edge.prober().probe(lost)).isInstanceOf(ProbeResult.Answered.class);
        }
    }
}
