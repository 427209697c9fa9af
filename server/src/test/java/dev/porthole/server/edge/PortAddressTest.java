package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.TunnelRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An HTTP tunnel at a port of its own. */
class PortAddressTest {
    private EdgeFixture fixture;
    private int port;

    @BeforeEach
    void start() throws Exception {
        fixture = new EdgeFixture();
        port = TcpTunnelTest.freePort();
        open(false);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private TunnelRoute open(boolean inNetwork) throws Exception {
        InetSocketAddress listen =
                inNetwork ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        TunnelRoute route = new TunnelRoute(
                EdgeFixture.TUNNEL, "prj_1", "app", EdgeFixture.ENDPOINT, true, new RoutePort(listen, inNetwork));
        fixture.routes.put(route);
        fixture.edge.listening(route).get(10, TimeUnit.SECONDS);
        return route;
    }

    private RawVisitor at(String address) throws IOException {
        return new RawVisitor(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    // T-W7, T-W9
    @Test
    void portDecidesAndTheTunnelsNameStaysAnAddress() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawVisitor visitor = at("127.0.0.1");
                RawVisitor byName = fixture.visitor()) {
            for (String host :
                    List.of("127.0.0.1:" + port, "localhost:" + port, "app.localhost:" + port, "APP.localhost")) {
                visitor.send("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                assertThat(visitor.read().status()).isEqualTo(200);
                AgentSideStream stream = agent.nextRequest();
                assertThat(stream.field("porthole-tunnel")).isEqualTo(EdgeFixture.TUNNEL);
                assertThat(stream.request.authority()).hasToString(host);
            }
            assertThat(byName.get(EdgeFixture.HOST, "/").status()).isEqualTo(200);
        }
    }

    // T-L3: DNS rebinding; T-W9: the pages' own hosts are nobody else's, whatever the port.
    @Test
    void foreignHostIsRefusedAndTheServersOwnToo() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            for (String host : List.of(
                    "evil.example",
                    "other.localhost",
                    "porthole.localhost:" + port,
                    "192.168.1.5:" + port,
                    "127.0.0.2",
                    "[::1]",
                    "2130706433")) {
                try (RawVisitor visitor = at("127.0.0.1")) {
                    visitor.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                    assertThat(visitor.read().status()).as(host).isEqualTo(421);
                }
            }
            try (RawVisitor visitor = at("127.0.0.1")) {
                visitor.send("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(visitor.read().status()).isEqualTo(421);
            }
            assertThat(agent.requests).isEmpty();
        }
    }

    // T-W9: neither wire nor API nor pages are at a tunnel's port.
    @Test
    void nothingOfTheServersOwnIsAtAPort() throws Exception {
        try (WireAgent agent = fixture.agent();
                RawVisitor visitor = at("127.0.0.1")) {
            for (String path : List.of("/api/v1/me", "/.porthole/connect", "/health", "/sign-in")) {
                assertThat(visitor.get("localhost:" + port, path).status()).isEqualTo(200);
                assertThat(agent.nextRequest().request.path()).hasToString(path);
            }
        }
    }

    // T-L3: loopback only until it is turned on, then this port alone, and off again with everyone who came by it.
    @Test
    void visibleInTheNetworkOnlyWhileItIsTurnedOn() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            assertThat(agent.closed).isNotDone();
            assertThatThrownBy(() -> at("127.0.0.2")).isInstanceOf(IOException.class);
            open(true);
            try (RawVisitor phone = at("127.0.0.2")) {
                assertThat(phone.get("127.0.0.2:" + port, "/").status()).isEqualTo(200);
                assertThatThrownBy(() -> new RawVisitor(new InetSocketAddress(
                                InetAddress.ofLiteral("127.0.0.2"),
                                fixture.edge.address().getPort())))
                        .as("the port of console and API")
                        .isInstanceOf(IOException.class);
                open(false);
                assertThat(phone.rest()).isEmpty();
            }
            assertThatThrownBy(() -> at("127.0.0.2")).isInstanceOf(IOException.class);
        }
    }

    // T-L3
    @Test
    void visitorsOfOtherNetworksAreNotNearby() {
        InetAddress own = InetAddress.ofLiteral("203.0.113.7");
        for (String near : List.of("127.0.0.1", "192.168.1.9", "10.1.2.3", "169.254.1.1", "fe80::1", "fd00::5")) {
            assertThat(NearbyVisitors.includes(InetAddress.ofLiteral(near), own))
                    .as(near)
                    .isTrue();
        }
        for (String far : List.of("203.0.113.8", "8.8.8.8", "2001:db8::1", "172.32.0.1")) {
            assertThat(NearbyVisitors.includes(InetAddress.ofLiteral(far), own))
                    .as(far)
                    .isFalse();
        }
    }

    @Test
    void machinesNamesAreNotTheServersOwn() {
        MachineNames names = MachineNames.except(Set.of("localhost"));
        assertThat(names.known()).doesNotContain("localhost", "porthole.localhost");
    }

    // B-B13
    @Test
    void probeGoesThroughThePort() throws Exception {
        try (WireAgent agent = fixture.agent()) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(204, "porthole-probe", String.valueOf(stream.field("porthole-probe")));
                }
            };
            assertThat(fixture.edge.prober().probe(open(false))).isInstanceOf(ProbeResult.Answered.class);
            assertThat(agent.nextRequest().request.authority()).hasToString("app.localhost:" + port);
        }
    }
}
