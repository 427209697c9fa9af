package dev.porthole.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.porthole.core.agent.UpgradeProbe.Way;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeProbeTest {
    private HttpServer server;
    private volatile int toUpgrade = 401;
    private volatile int toWebSocket = 401;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean webSocket = "websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"));
            exchange.sendResponseHeaders(webSocket ? toWebSocket : toUpgrade, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    // B-B17
    @ParameterizedTest
    @CsvSource({"401, 401, UPGRADE", "426, 401, WEB_SOCKET", "400, 403, WEB_SOCKET", "400, 400, NONE", "503, 503, NONE"
    })
    void wayIsOpenWhenTheServerItselfRefusesTheToken(int plain, int framed, Way way) throws Exception {
        toUpgrade = plain;
        toWebSocket = framed;

        UpgradeProbe.Result result = look(server.getAddress().getPort());

        assertThat(result.way()).isEqualTo(way);
        assertThat(result.detail().isEmpty()).isEqualTo(way == Way.UPGRADE);
    }

    @Test
    void nobodyThereIsNoWay() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(look(port).way()).isEqualTo(Way.NONE);
        assertThat(look(port).detail()).contains("localhost:" + port);
    }

    private static UpgradeProbe.Result look(int port) throws Exception {
        return new UpgradeProbe(URI.create("http://localhost:" + port), "0.1.0", Duration.ofSeconds(5)).look();
    }
}
