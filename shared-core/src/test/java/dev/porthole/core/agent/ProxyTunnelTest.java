package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.HttpProxy;
import dev.porthole.core.proxy.Transport;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dials through a proxy that answers as the test says, and shows what is asked of it. */
class ProxyTunnelTest {
    private final Transport transport = new Transport();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> firstBytes = new LinkedBlockingQueue<>();
    private final ServerSocket listener;
    private volatile String answer = "HTTP/1.1 200 Connection established\r\n\r\n";

    ProxyTunnelTest() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread _ = Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        transport.close();
    }

    // T-L5
    @Test
    void theProxyIsAskedForTheServerAndThenTlsBeginsWithTheServer() throws Exception {
        Future<Channel> _ = dial("ann", "secret");
        assertThat(requests.poll(20, TimeUnit.SECONDS))
                .isEqualTo("CONNECT tunnels.example.com:443 HTTP/1.1\r\nHost: tunnels.example.com:443\r\n"
                        + "Proxy-Authorization: Basic YW5uOnNlY3JldA==\r\n\r\n");
        // A TLS record of type handshake: the ClientHello, and nothing in the clear.
        assertThat(firstBytes.poll(20, TimeUnit.SECONDS)).isEqualTo(0x16);
    }

    // T-L5
    @Test
    void aProxyThatWantsANameIsSaidWithTheWayOut() throws Exception {
        answer = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
        assertThat(failure(dial(null, null)))
                .hasMessage("The proxy 127.0.0.1:" + listener.getLocalPort()
                        + " wants a name and a password (407); put them into HTTPS_PROXY, as in"
                        + " http://name:password@127.0.0.1:" + listener.getLocalPort() + ".");
        // T-C6
        assertThat(failure(dial("ann", "secret")))
                .hasMessageContaining("takes neither this name nor password (407)")
                .hasMessageNotContaining("secret");
    }

    // T-L5
    @Test
    void whatAProxyAnswersIsSaid() throws Exception {
        answer = "HTTP/1.0 503 Busy\r\n\r\n";
        assertThat(failure(dial(null, null)))
                .hasMessageEndingWith("opens no connection to the server (503).")
                .isInstanceOfSatisfying(
                        DialException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(DialException.Kind.ANSWERED_NO));
        answer = "SSH-2.0-OpenSSH\r\n\r\n";
        assertThat(failure(dial(null, null))).hasMessageEndingWith("gave an answer that is no HTTP.");
        answer = "";
        assertThat(failure(dial(null, null))).hasMessageEndingWith("closed the connection.");
    }

    // T-L5
    @Test
    void aProxyThatIsNotThereIsNoServerThatRestarts() throws Exception {
        listener.close();
        assertThat(failure(dial(null, null)))
                .hasMessageStartingWith("No connection to the proxy 127.0.0.1:")
                .isInstanceOfSatisfying(
                        DialException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(DialException.Kind.UNREACHABLE));
    }

    private Future<Channel> dial(@Nullable String user, @Nullable String password) throws Exception {
        Dialer dialer = new Dialer(
                transport,
                URI.create("https://tunnels.example.com"),
                SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build(),
                Duration.ofSeconds(10),
                _ -> Optional.of(new HttpProxy("127.0.0.1", listener.getLocalPort(), user, password)));
        return dialer.dial();
    }

    private static Throwable failure(Future<Channel> dialled) throws InterruptedException {
        assertThat(dialled.await(20, TimeUnit.SECONDS)).isTrue();
        return dialled.cause();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket agent = listener.accept()) {
                    InputStream in = agent.getInputStream();
                    StringBuilder request = new StringBuilder();
                    while (request.indexOf("\r\n\r\n") < 0) {
                        request.append((char) in.read());
                    }
                    requests.add(request.toString());
                    agent.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    if (answer.contains(" 200 ")) {
                        firstBytes.add(in.read());
                    }
                }
            }
        } catch (IOException over) {
            return;
        }
    }
}
