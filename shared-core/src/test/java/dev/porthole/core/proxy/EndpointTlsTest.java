package dev.porthole.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.agent.AgentFixture;
import dev.porthole.core.agent.EdgeExchange;
import dev.porthole.core.agent.EdgeSession;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.InvalidEndpointException;
import dev.porthole.core.wire.ControlMessage;
import dev.porthole.core.wire.WireHeaders;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps behind real TLS sockets, with certificates made for the occasion. */
class EndpointTlsTest {
    private final AgentFixture wire = new AgentFixture();

    @AfterEach
    void close() {
        wire.close();
    }

    // B-B10, B-E4
    @Test
    void certificateThatNobodyVouchesForIsRefusedWithAReasonAndAWayOut() throws Exception {
        TestCertificates.Identity app = TestCertificates.selfSigned();
        try (RawApp behind = answering(app)) {
            EdgeSession edge = carrying(behind, new EndpointCertificate.Verified());
            EdgeExchange refused = edge.get("tun_1", "/");
            assertThat(refused.status()).isEqualTo("502");
            assertThat(refused.field(WireHeaders.ERROR)).isEqualTo("endpoint_refused");
            assertThat(refused.head().contains(WireHeaders.DETAIL))
                    .as("told to a visitor")
                    .isFalse();
            assertThat(behind.waitingHeads()).as("requests that the app saw").isZero();

            assertThat(detailOfProbe(edge))
                    .startsWith("The certificate of https://localhost:" + behind.port() + " is signed by itself alone.")
                    .contains("--certificate " + app.pin())
                    .contains("--certificate accept");
        }
    }

    // B-B10
    @Test
    void certificateThatItsUserAcceptsIsNotLookedAt() throws Exception {
        try (RawApp behind = answering(TestCertificates.selfSigned())) {
            EdgeSession edge = carrying(behind, new EndpointCertificate.Accepted());
            assertThat(edge.get("tun_1", "/").text()).isEqualTo("ok");
        }
    }

    // B-B10
    @Test
    void pinnedKeyIsTakenWhateverElseIsWrongAndNoOtherKeyIs() throws Exception {
        TestCertificates.Identity expired =
                new TestCertificates().issue("elsewhere.test", Instant.now().minus(Duration.ofDays(1)));
        try (RawApp behind = answering(expired)) {
            EdgeSession edge = carrying(behind, EndpointCertificate.parse(expired.pin()));
            assertThat(edge.get("tun_1", "/").text()).isEqualTo("ok");

            String other = TestCertificates.selfSigned().pin();
            wire.agent.carry(tunnel(behind, EndpointCertificate.parse(other)));
            assertThat(edge.get("tun_1", "/").status()).isEqualTo("502");
            assertThat(detailOfProbe(edge)).contains("has another key than the pinned one (" + other + ")");
        }
    }

    // B-B10
    @ParameterizedTest
    @CsvSource({
        "sha256/AbHOakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w8=, sha256/AbHOakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w8=",
        "sha256//AbHOakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w8=, sha256/AbHOakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w8=",
        // One key in 64 has a pin that begins with a slash.
        "sha256//NbOHakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w=, sha256//NbOHakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w=",
        "sha256///NbOHakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w=, sha256//NbOHakqZ8ul4NMtz/9cLULTfYgWzxgpYf14iwg25/w=",
    })
    void pinIsReadAsItIsWrittenHereAndByCurl(String text, String pin) {
        assertThat(EndpointCertificate.parse(text)).isEqualTo(new EndpointCertificate.Pinned(pin));
    }

    // B-B10
    @Test
    void choiceForOneTunnelIsNoneForAnotherOfTheSameEndpoint() throws Exception {
        try (RawApp behind = answering(TestCertificates.selfSigned())) {
            EdgeSession edge = carrying(behind, new EndpointCertificate.Accepted());
            wire.agent.carry(new CarriedTunnel("tun_2", Endpoint.parse("https://localhost:" + behind.port())));
            assertThat(edge.get("tun_1", "/").text()).isEqualTo("ok");
            assertThat(edge.get("tun_2", "/").status()).isEqualTo("502");
        }
    }

    // B-B10
    @Test
    void authorityThatThisComputerTrustsVouchesForItsNamesAlone() throws Exception {
        TestCertificates certificates = new TestCertificates();
        assertThat(dialled(certificates, certificates.issue("localhost"))).isNull();
        assertThat(dialled(certificates, certificates.issue("127.0.0.1")))
                .as("loopback by its address")
                .isNull();
        assertThat(dialled(certificates, certificates.issue("elsewhere.test")))
                .contains("is for other names than localhost");
        assertThat(dialled(certificates, new TestCertificates().issue("localhost")))
                .contains("is signed by nobody whom this computer trusts (CN=Test authority)");
        assertThat(dialled(
                        certificates,
                        certificates.issue("localhost", Instant.now().minus(Duration.ofDays(1)))))
                .contains("has expired on ");
    }

    @Test
    void thisComputersAuthoritiesAreJavasAndTheSystems() throws Exception {
        assertThat(SystemTrust.load().getAcceptedIssuers()).hasSizeGreaterThan(50);
    }

    @Test
    void portThatSpeaksNoTlsIsSaidToBeNone() throws Exception {
        try (RawApp plain = new RawApp(connection -> {
            connection.read(1);
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        })) {
            EdgeSession edge = carrying(plain, new EndpointCertificate.Verified());
            assertThat(edge.get("tun_1", "/").status()).isEqualTo("502");
            assertThat(detailOfProbe(edge)).contains("made no TLS connection").contains("Does it speak https?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "sha256/abc", "sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void whatIsNoChoiceOfACertificateIsSaid(String text) {
        assertThatThrownBy(() -> EndpointCertificate.parse(text))
                .isInstanceOf(InvalidEndpointException.class)
                .hasMessageStartingWith("certificate: " + text + " (expected: verify, accept, or sha256/");
    }

    private static RawApp answering(TestCertificates.Identity app) throws Exception {
        return new RawApp(app.listen(), connection -> {
            while (!connection.readHead().isEmpty()) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    }

    private static CarriedTunnel tunnel(RawApp behind, EndpointCertificate certificate) {
        Endpoint endpoint = Endpoint.parse("https://localhost:" + behind.port());
        return new CarriedTunnel("tun_1", endpoint, HostHeader.visitor(), false, certificate);
    }

    private EdgeSession carrying(RawApp behind, EndpointCertificate certificate) throws InterruptedException {
        return wire.carrying(tunnel(behind, certificate));
    }

    private static String detailOfProbe(EdgeSession edge) throws Exception {
        edge.send(new ControlMessage.Probe("tun_1", "nonce"));
        EdgeExchange probe = edge.open(EdgeSession.head("GET", "tun_1", "/").set(WireHeaders.PROBE, "nonce"), true);
        assertThat(probe.status()).isEqualTo("502");
        return probe.field(WireHeaders.DETAIL);
    }

    /** What a dial says of a certificate; null if it takes it. */
    private static @org.jspecify.annotations.Nullable String dialled(
            TestCertificates trusted, TestCertificates.Identity shown) throws Exception {
        try (ServerSocket listener = shown.listen();
                RawApp _ = new RawApp(listener, RawApp.Connection::readHead);
                Transport transport = new Transport()) {
            EndpointTls tls = new EndpointTls(() -> SystemTrust.trusting(List.of(trusted.authority())));
            EndpointDialer dialer = new EndpointDialer(transport, ProxyLimits.USUAL, tls);
            Endpoint endpoint = Endpoint.parse("https://localhost:" + listener.getLocalPort());
            java.util.concurrent.CompletableFuture<Future<Channel>> dialled =
                    new java.util.concurrent.CompletableFuture<>();
            transport
                    .loop()
                    .execute(() -> dialer.dial(new CarriedTunnel("tun_1", endpoint), EndpointDialer.Purpose.REQUESTS)
                            .addListener((Future<Channel> done) -> dialled.complete(done)));
            Future<Channel> done = dialled.get(20, java.util.concurrent.TimeUnit.SECONDS);
            return done.isSuccess() ? null : EndpointFailures.sentenceOf(endpoint, done.cause());
        }
    }
}
