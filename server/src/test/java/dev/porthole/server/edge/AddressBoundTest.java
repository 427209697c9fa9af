package dev.porthole.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.Endpoint;
import dev.porthole.server.edge.tls.LocalAuthority;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.TunnelRoute;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connections of one address count together, at whichever of the edge's doors they come in. */
class AddressBoundTest {
    private static final int MOST = 3;

    /** Where visitors come in, and what one sees who is one too many. */
    enum Door {
        PUBLIC,
        TLS,
        REDIRECT,
        HTTP_TUNNEL,
        TCP_TUNNEL;

        /** Whether the edge of this door's test speaks TLS. */
        boolean besideTls() {
            return this != PUBLIC;
        }

        boolean isThere(boolean tls) {
            return switch (this) {
                case PUBLIC -> !tls;
                case TLS, REDIRECT -> tls;
                case HTTP_TUNNEL, TCP_TUNNEL -> true;
            };
        }
    }

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // Each test begins with start().
    private EdgeFixture fixture;

    @SuppressWarnings("NullAway.Init") // Each test begins with start().
    private TunnelRoute http;

    @SuppressWarnings("NullAway.Init") // Each test begins with start().
    private TunnelRoute tcp;

    private void start(boolean withTls) throws Exception {
        LocalAuthority authority =
                LocalAuthority.in(folder, Set.of("localhost", "127.0.0.1"), "localhost", Clock.systemUTC());
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        fixture = new EdgeFixture(settings -> settings.with(Shares.DEFAULT.withConnections(100, MOST))
                .with(withTls ? new EdgeSettings.Tls(authority, free, 0) : null));
        http = tunnel("tun_http", "localhost:3000");
        tcp = tunnel("tun_tcp", "tcp://localhost:5432");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private TunnelRoute tunnel(String id, String endpoint) throws Exception {
        RoutePort port =
                new RoutePort(new InetSocketAddress(InetAddress.getLoopbackAddress(), TcpTunnelTest.freePort()), false);
        TunnelRoute route = new TunnelRoute(id, "prj_1", id.replace('_', '-'), Endpoint.parse(endpoint), true, port);
        fixture.routes.put(route);
        fixture.edge.listening(route).get(10, TimeUnit.SECONDS);
        return route;
    }

    private Socket enter(Door door) throws Exception {
        return RawHttp2.connected(
                switch (door) {
                    case PUBLIC, TLS -> fixture.edge.address();
                    case REDIRECT -> Objects.requireNonNull(fixture.edge.plainAddress());
                    case HTTP_TUNNEL -> Objects.requireNonNull(http.port()).listen();
                    case TCP_TUNNEL -> Objects.requireNonNull(tcp.port()).listen();
                });
    }

    // T-W8, T-R5
    @ParameterizedTest
    @EnumSource
    void asManyAsAnAddressMayHaveComeInAndOneMoreIsRefused(Door door) throws Exception {
        start(door.besideTls());
        List<Door> elsewhere = Arrays.stream(Door.values())
                .filter(other -> other != door && other.isThere(door.besideTls()))
                .toList();
        try (Socket first = enter(elsewhere.getFirst());
                Socket second = enter(elsewhere.getLast());
                Socket third = enter(door)) {
            awaitConnections(MOST);
            assertRefused(door);
            assertThat(third.getInputStream().available())
                    .as("nobody was told anything")
                    .isZero();
            assertThat(second.getInputStream().available()).isZero();
            leave(first);
            awaitConnections(MOST - 1);
            try (Socket next = enter(door)) {
                awaitConnections(MOST);
                assertThat(next.getInputStream().available()).isZero();
            }
        }
    }

    private static void leave(Closeable visitor) throws Exception {
        visitor.close();
    }

    private void assertRefused(Door door) throws Exception {
        try (Socket tooMany = enter(door)) {
            switch (door) {
                case PUBLIC, REDIRECT, HTTP_TUNNEL -> {
                    RawVisitor visitor = new RawVisitor(tooMany);
                    RawVisitor.Reply reply = visitor.read();
                    assertThat(reply.status()).isEqualTo(429);
                    assertThat(reply.field("porthole-error")).isEqualTo("limit_exceeded");
                    assertThat(visitor.rest()).isEmpty();
                }
                case TLS -> assertThat(tooMany.getInputStream().read()).isNegative();
                case TCP_TUNNEL ->
                    assertThatThrownBy(() -> tooMany.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
    }

    /** The edge hears of a connection, and of its end, a turn of its loop after whoever made it. */
    private void awaitConnections(int count) {
        int now = fixture.edge.load().connections();
        for (int turns = 0; turns < 10_000 && now != count; turns++) {
            now = fixture.edge.load().connections();
        }
        assertThat(now).isEqualTo(count);
    }
}
