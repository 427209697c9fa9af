package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.problem;
import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.Problem;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.RoutePort;
import dev.porthole.server.relay.TunnelRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Ports of tunnels' own, as the API gives them out. */
class TunnelPortsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private int first;
    private Optional<InetAddress> network = Optional.of(InetAddress.ofLiteral("192.168.7.5"));
    private ControlFixture server;

    @BeforeEach
    void start() throws IOException {
        first = freePair();
        server = new ControlFixture(folder, ports(10, LOOPBACK, true));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private PublicPorts ports(int perProject, InetAddress bind, boolean networkChoice) {
        return new PublicPorts(first, first + 1, perProject, bind, networkChoice, () -> network);
    }

    private void restart(PublicPorts ports) {
        server.close();
        server = new ControlFixture(folder, ports);
    }

    /** Two ports in a row that nobody listens on. */
    private static int freePair() throws IOException {
        for (int port = 23_000 + new Random().nextInt(4_000); port < 32_000; port += 2) {
            if (isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
        throw new IOException("no two ports in a row are free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private JsonNode made(String body) {
        HttpResponse<String> answer = server.post(server.tunnels(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return read(answer);
    }

    private static int portOf(JsonNode tunnel) {
        String url = tunnel.path("url").asString();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    private RoutePort routed(JsonNode tunnel) {
        TunnelRoute route =
                Objects.requireNonNull(server.routes.find(tunnel.path("name").asString()));
        return Objects.requireNonNull(route.port());
    }

    @Test
    void tcpTunnelGetsAPortThatStaysItsOwn() { // B-E12
        JsonNode tunnel = made("{\"endpoint\":\"tcp://localhost:5432\"}");
        int port = portOf(tunnel);
        assertThat(port).isBetween(first, first + 1);
        assertThat(tunnel.path("url").asString()).isEqualTo("tcp://127.0.0.1:" + port);
        assertThat(tunnel.path("address").asString()).isEqualTo("port");
        assertThat(tunnel.path("visibleInNetwork").asBoolean()).isFalse();
        assertThat(routed(tunnel)).isEqualTo(new RoutePort(new InetSocketAddress(LOOPBACK, port), false));

        String path = server.tunnels() + "/" + tunnel.path("id").asString();
        assertThat(portOf(read(server.patch(path, "{\"endpoint\":\"tcp://localhost:5433\"}"))))
                .isEqualTo(port);
        restart(ports(10, LOOPBACK, true));
        JsonNode again =
                read(server.get(server.tunnels() + "/" + tunnel.path("id").asString()));
        assertThat(portOf(again)).as("after a restart").isEqualTo(port);
        assertThat(routed(again).number()).isEqualTo(port);
    }

    @Test
    void rangeThatIsGivenOutIsAProblemUntilAPortComesBack() { // T-C2
        Set<Integer> given = new HashSet<>();
        JsonNode one = made("{\"endpoint\":\"tcp://localhost:1\"}");
        given.add(portOf(one));
        given.add(portOf(made("{\"endpoint\":\"tcp://localhost:2\"}")));
        assertThat(given).containsExactlyInAnyOrder(first, first + 1);
        HttpResponse<String> refused = server.post(server.tunnels(), "{\"endpoint\":\"tcp://localhost:3\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        Problem problem = problem(refused);
        assertThat(problem.type()).isEqualTo("/problems/no-port-left");
        assertThat(problem.detail())
                .isEqualTo("ports.range: " + first + "-" + (first + 1)
                        + " (expected: a free port; 2 are tunnels', 0 other programs')");
        assertThat(read(server.get(server.tunnels())).path("total").asInt()).isEqualTo(2);
        server.delete(server.tunnels() + "/" + one.path("id").asString());
        assertThat(portOf(made("{\"endpoint\":\"tcp://localhost:3\"}"))).isEqualTo(portOf(one));
    }

    @Test
    void portOfAnotherProgramIsPassedOver() throws IOException {
        try (ServerSocket _ = new ServerSocket(first, 1, LOOPBACK)) {
            assertThat(portOf(made("{\"endpoint\":\"tcp://localhost:1\"}"))).isEqualTo(first + 1);
            assertThat(problem(server.post(server.tunnels(), "{\"endpoint\":\"tcp://localhost:2\"}"))
                            .detail())
                    .endsWith("1 are tunnels', 1 other programs')");
        }
    }

    @Test
    void projectHasItsShareOfPortsAndNoMore() {
        restart(ports(1, LOOPBACK, true));
        made("{\"endpoint\":\"tcp://localhost:1\"}");
        HttpResponse<String> refused = server.post(server.tunnels(), "{\"endpoint\":\"tcp://localhost:2\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(problem(refused).type()).isEqualTo("/problems/too-many-ports");
    }

    @Test
    void lostPortIsSaidByNameInTheTunnelsConditions() { // B-B13
        JsonNode tunnel = made("{\"endpoint\":\"tcp://localhost:5432\"}");
        String id = tunnel.path("id").asString();
        String connector = server.connector();
        server.beat(connector);
        server.patch(server.tunnels() + "/" + id, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        server.probeResults.add(new ProbeResult.PortTaken(portOf(tunnel), "another program"));
        server.control
                .sessionEvents()
                .carried(
                        new dev.porthole.server.relay.SessionGrant(connector, server.adasProject, "fam"),
                        "one",
                        Set.of(id));
        server.scheduler.runDue();
        assertThat(server.condition(id, "Ready")).isEqualTo("False PortTaken");
        assertThat(server.get(server.tunnels() + "/" + id).body())
                .contains("Port " + portOf(tunnel) + ", the tunnel's own, is taken by another program");
    }

    @Test
    void httpTunnelMayHaveAPortAndGiveItBack() { // T-W9
        JsonNode tunnel = made("{\"endpoint\":\"3000\",\"address\":\"port\"}");
        assertThat(tunnel.path("url").asString())
                .as("a host of its own: cookies know no ports")
                .isEqualTo("http://" + tunnel.path("name").asString() + ".localhost:" + portOf(tunnel));
        String path = server.tunnels() + "/" + tunnel.path("id").asString();
        JsonNode named = read(server.patch(path, "{\"address\":\"name\"}"));
        assertThat(named.path("url").asString())
                .isEqualTo("http://" + tunnel.path("name").asString() + ".localhost:8080");
        assertThat(Objects.requireNonNull(server.routes.find(named.path("name").asString()))
                        .port())
                .isNull();
        JsonNode again = read(server.patch(path, "{\"address\":\"port\"}"));
        assertThat(again.path("address").asString()).isEqualTo("port");
        assertThat(again.path("version").asLong()).isEqualTo(3);
    }

    @Test
    void whatCanNotBeIsRefusedByItsField() { // T-C2
        assertThat(problem(server.post(server.tunnels(), "{\"endpoint\":\"tcp 1\",\"address\":\"name\"}"))
                        .field())
                .isEqualTo("address");
        assertThat(problem(server.post(server.tunnels(), "{\"endpoint\":\"1\",\"visibleInNetwork\":true}"))
                        .field())
                .isEqualTo("visibleInNetwork");
        assertThat(problem(server.post(server.tunnels(), "{\"endpoint\":\"1\",\"address\":\"street\"}"))
                        .detail())
                .isEqualTo("address: street (expected: one of [name, port])");
        restart(ports(10, LOOPBACK, false));
        assertThat(problem(server.post(server.tunnels(), "{\"endpoint\":\"tcp 1\",\"visibleInNetwork\":true}"))
                        .detail())
                .contains("ports.bind");
    }

    // T-L3: on purpose, for this tunnel alone, with the address that this computer has now.
    @Test
    void visibleInTheNetworkOnPurposeOnly() {
        JsonNode tunnel = made("{\"endpoint\":\"3000\",\"address\":\"port\"}");
        JsonNode other = made("{\"endpoint\":\"tcp 5432\"}");
        int port = portOf(tunnel);
        String path = server.tunnels() + "/" + tunnel.path("id").asString();
        JsonNode visible = read(server.patch(path, "{\"visibleInNetwork\":true}"));
        assertThat(visible.path("url").asString()).isEqualTo("http://192.168.7.5:" + port);
        assertThat(routed(visible)).isEqualTo(new RoutePort(new InetSocketAddress(port), true));
        assertThat(routed(other).nearbyOnly()).isFalse();
        assertThat(routed(other).listen().getAddress().isLoopbackAddress()).isTrue();

        network = Optional.of(InetAddress.ofLiteral("10.0.0.9"));
        server.scheduler.advance(Duration.ofSeconds(10));
        JsonNode moved = read(server.get(path));
        assertThat(moved.path("url").asString()).isEqualTo("http://10.0.0.9:" + port);
        assertThat(moved.path("version").asLong())
                .as("those who follow were told")
                .isEqualTo(3);

        JsonNode hidden = read(server.patch(path, "{\"visibleInNetwork\":false}"));
        assertThat(routed(hidden)).isEqualTo(new RoutePort(new InetSocketAddress(LOOPBACK, port), false));
    }

    @Test
    void hostOfAPortIsTheTunnelsOwnWhereThereIsADomain() { // T-W9
        PublicPorts open = ports(10, InetAddress.ofLiteral("0.0.0.0"), false);
        restart(open);
        JsonNode tunnel = made("{\"endpoint\":\"tcp 5432\"}");
        assertThat(tunnel.path("url").asString()).isEqualTo("tcp://192.168.7.5:" + portOf(tunnel));
        String inDomain = server.store.read(handle -> open.url(
                server.store
                        .tunnels()
                        .find(handle, tunnel.path("id").asString())
                        .orElseThrow(),
                new PublicUrls("https", "tunnels.example.com", null)));
        assertThat(inDomain)
                .isEqualTo("tcp://" + tunnel.path("name").asString() + ".tunnels.example.com:" + portOf(tunnel));
    }
}
