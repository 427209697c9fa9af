package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.proxy.Transport;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialerTest {
    private final Transport transport = new Transport();

    @AfterEach
    void stop() {
        transport.close();
    }

    // T-L5
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tunnels.example.com",
                "http://192.168.1.5:8080",
                "http://10.0.0.1",
                "http://0.0.0.0:8080",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://[2001:db8::1]:8080",
                "ws://localhost:8080",
                "ftp://localhost"
            })
    void plainHttpIsForThisComputerOnly(String server) {
        assertThatThrownBy(() -> dialer(server))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(server)
                .hasMessageContaining("expected: https://");
    }

    // T-L5
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://porthole.localhost:8080",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "https://tunnels.example.com",
                "HTTPS://tunnels.example.com"
            })
    void whatMayBeDialledIs(String server) throws Exception {
        assertThat(dialer(server).loop()).isSameAs(transport.loop());
    }

    // T-R2
    @Test
    void nobodyListeningIsToldFromEverythingElse() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            Future<Channel> dialled = dialer("http://localhost:" + port).dial();
            assertThat(dialled.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(dialled.isSuccess()).isTrue();
            dialled.getNow().close().syncUninterruptibly();
        }
        Future<Channel> refused = dialer("http://localhost:" + port).dial();
        assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.cause())
                .isInstanceOfSatisfying(
                        DialException.class, failed -> assertThat(failed.kind()).isEqualTo(DialException.Kind.REFUSED));
    }

    private Dialer dialer(String server) throws Exception {
        SslContext tls = SslContextBuilder.forClient().build();
        return new Dialer(transport, URI.create(server), tls, Duration.ofSeconds(5), _ -> Optional.empty());
    }
}
