package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.wire.ControlMessage;
import dev.porthole.server.edge.WireAgent.AgentSideStream;
import dev.porthole.server.edge.tls.LocalAuthority;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.TunnelRoute;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors, agents and probes over TLS. */
class TlsTest {
    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "porthole.localhost");

    @TempDir
    Path folder;

    private EdgeFixture fixture;
    private TlsVisitor tls;
    private SslContext agentTls;

    @BeforeEach
    void start() throws Exception {
        LocalAuthority authority = LocalAuthority.in(folder, OWN, "localhost", Clock.systemUTC());
        tls = new TlsVisitor(authority.certificate());
        agentTls = SslContextBuilder.forClient()
                .trustManager(authority.certificate())
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        fixture = new EdgeFixture(settings -> settings.with(
                new EdgeSettings.Tls(authority, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private WireAgent agent() throws Exception {
        WireAgent agent = WireAgent.connect(fixture.edge.address(), "good-1", agentTls);
        agent.announce(EdgeFixture.TUNNEL);
        return agent;
    }

    private RawVisitor http1(String name) throws Exception {
        return new RawVisitor(tls.connect(fixture.edge.address(), name, "http/1.1"));
    }

    private RawHttp2 http2(String name) throws Exception {
        SSLSocket socket = tls.connect(fixture.edge.address(), name, "h2", "http/1.1");
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        return new RawHttp2(socket).begin();
    }

    // T-W2, B-D15, B-E8
    @Test
    void bothVersionsAreServedAndTheAppIsToldOfHttps() throws Exception {
        try (WireAgent agent = agent();
                RawVisitor http1 = http1("app.localhost");
                RawHttp2 http2 = http2("app.localhost")) {
            http1.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(http1.read().text()).isEqualTo("hello");
            assertToldOfHttps(agent.nextRequest());
            http2.headers(1, false, RawHttp2.request("POST", "app.localhost", "/"))
                    .frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, "again".getBytes(StandardCharsets.UTF_8));
            assertThat(http2.reply(1).text()).isEqualTo("again");
            assertToldOfHttps(agent.nextRequest());
        }
    }

    private static void assertToldOfHttps(AgentSideStream stream) {
        assertThat(stream.field(":scheme")).isEqualTo("https");
        assertThat(stream.field("x-forwarded-proto")).isEqualTo("https");
        assertThat(stream.field("x-forwarded-port")).isEqualTo("443");
        assertThat(stream.field("x-forwarded-for")).isEqualTo("127.0.0.1");
    }

    // T-W7
    @Test
    void requestForAnotherTunnelThanTheHandshakesIsMisdirected() throws Exception {
        fixture.routes.put(new TunnelRoute("tun_other", "prj_1", "other", EdgeFixture.ENDPOINT, true));
        try (WireAgent agent = agent()) {
            agent.announce("tun_other");
            for (String host : new String[] {"other.localhost", "nobody.localhost", "localhost"}) {
                try (RawVisitor http1 = http1("app.localhost");
                        RawHttp2 http2 = http2("app.localhost")) {
                    assertThat(http1.get(host, "/").status()).isEqualTo(421);
                    http2.get(1, host, "/");
                    assertThat(http2.reply(1).status()).isEqualTo(421);
                    http2.get(3, "APP.localhost:443", "/");
                    assertThat(http2.reply(3).status())
                            .as("the connection goes on")
                            .isEqualTo(200);
                }
            }
            agent.requests.clear();
            try (RawVisitor own = http1("localhost");
                    RawHttp2 unnamed = new RawHttp2(tls.connect(fixture.edge.address(), null, "h2")).begin()) {
                assertThat(own.get("app.localhost", "/").status()).isEqualTo(421);
                assertThat(agent.requests).isEmpty();
                unnamed.get(1, "app.localhost", "/");
                assertThat(unnamed.reply(1).status())
                        .as("nothing was asked for")
                        .isEqualTo(200);
            }
        }
    }

    // T-W7
    @Test
    void ownNamesAreOne() throws Exception {
        try (RawVisitor own = http1("porthole.localhost")) {
            // The control plane of this fixture does not answer: it was asked.
            assertThat(own.get("localhost", "/").status()).isEqualTo(502);
        }
    }

    // T-W7, B-D15
    @Test
    void plainHttpOnTheSamePortIsSentToHttps() throws Exception {
        try (WireAgent agent = agent();
                RawVisitor plain = fixture.visitor();
                RawVisitor posted = fixture.visitor();
                RawVisitor stranger = fixture.visitor();
                RawVisitor priorKnowledge = fixture.visitor()) {
            RawVisitor.Reply moved = plain.get("app.localhost:8443", "/a%2Fb?c=1");
            assertThat(moved.status()).isEqualTo(308);
            assertThat(moved.field("location")).isEqualTo("https://app.localhost:8443/a%2Fb?c=1");
            assertThat(plain.rest()).isEmpty();
            posted.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n\r\nhello");
            RawVisitor.Reply refused = posted.read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("https://");
            assertThat(stranger.get("evil.example", "/").status()).isEqualTo(404);
            priorKnowledge.send(RawHttp2.PREFACE);
            assertThat(priorKnowledge.read().status()).isEqualTo(505);
            assertThat(agent.requests).isEmpty();
        }
    }

    // B-D15
    @Test
    void plainPortBesideLeadsToTheOneWithTls() throws Exception {
        try (RawVisitor plain = new RawVisitor(Objects.requireNonNull(fixture.edge.plainAddress()))) {
            RawVisitor.Reply moved = plain.get("app.localhost", "/x");
            assertThat(moved.status()).isEqualTo(308);
            assertThat(moved.field("location"))
                    .isEqualTo("https://app.localhost:" + fixture.edge.address().getPort() + "/x");
        }
    }

    // B-B13
    @Test
    void probeGoesThroughTls() throws Exception {
        try (WireAgent agent = agent()) {
            agent.app = new WireAgent.App() {
                @Override
                public void begun(AgentSideStream stream) {
                    stream.answerAll(204, "porthole-probe", String.valueOf(stream.field("porthole-probe")));
                }
            };
            TunnelRoute route = Objects.requireNonNull(fixture.routes.find("app"));
            assertThat(fixture.edge.prober().probe(route)).isInstanceOf(ProbeResult.Answered.class);
            assertThat(agent.next()).isInstanceOf(ControlMessage.Probe.class);
        }
    }

    // T-L5
    @Test
    void agentThatDoesNotTrustTheAuthorityDoesNotConnect() throws Exception {
        SslContext usual = SslContextBuilder.forClient()
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        assertThatThrownBy(() -> WireAgent.connect(fixture.edge.address(), "good-1", usual))
                .isInstanceOf(WireAgent.HandshakeRefused.class);
    }

    // T-W5
    @Test
    void answerUntilTheEndThatBreaksOffHasNoProperEndOfTls() throws Exception {
        try (WireAgent agent = agent();
                RawVisitor visitor = http1("app.localhost")) {
            agent.app = new WireAgent.App() {};
            visitor.send("GET / HTTP/1.0\r\nHost: app.localhost\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            stream.send("half".getBytes(StandardCharsets.UTF_8), false);
            assertThat(visitor.readHead().status()).isEqualTo(200);
            assertThat(visitor.bytes(4)).hasSize(4);
            stream.resetWith(2);
            assertThatThrownBy(() -> visitor.bytes(1)).isInstanceOf(java.io.IOException.class);
        }
    }

    // T-W6
    @Test
    void webSocketOverTlsEndsEachWayByItself() throws Exception {
        try (WireAgent agent = agent();
                RawVisitor visitor = http1("app.localhost")) {
            agent.app = new WireAgent.App() {};
            visitor.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            AgentSideStream stream = agent.nextRequest();
            stream.answer(200);
            assertThat(visitor.readHead().status()).isEqualTo(101);
            visitor.send("up");
            stream.send("down".getBytes(StandardCharsets.UTF_8), true);
            assertThat(visitor.rest()).asString(StandardCharsets.UTF_8).isEqualTo("down");
        }
    }

    // T-W8
    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016", "\u0016\u0003\u0001\u0002\u0000\u0001"})
    void handshakeThatIsNotFinishedIsGivenUp(String beginning) throws Exception {
        stop();
        LocalAuthority authority = LocalAuthority.in(folder, OWN, "localhost", Clock.systemUTC());
        fixture = new EdgeFixture(settings -> settings.with(new EdgeSettings.Tls(authority, null, 0))
                .with(EdgeSettings.Times.DEFAULT.withHeaders(Duration.ofMillis(100))));
        try (RawVisitor visitor = fixture.visitor()) {
            visitor.send(beginning);
            assertThat(visitor.rest().length).isLessThan(20);
        }
    }

    // T-W1
    @Test
    void oldTlsIsRefused() throws Exception {
        X509Certificate authority = tls.authority();
        SslContext old = SslContextBuilder.forClient()
                .trustManager(authority)
                .protocols("TLSv1.1")
                .build();
        assertThatThrownBy(() -> WireAgent.connect(fixture.edge.address(), "good-1", old))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(SSLException.class),
                        thrown -> assertThat(thrown).isInstanceOf(WireAgent.HandshakeRefused.class),
                        thrown -> assertThat(thrown).isInstanceOf(IllegalArgumentException.class));
    }
}
