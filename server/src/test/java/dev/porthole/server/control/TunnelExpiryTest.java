package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ProjectEvent;
import dev.porthole.server.relay.SessionGrant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TunnelExpiryTest {
    @TempDir
    Path folder;

    private static JsonNode expiring(ControlFixture server, Duration in) {
        return read(server.post(
                server.tunnels(),
                "{\"endpoint\":\"3000\",\"expiresAt\":\""
                        + server.scheduler.now().plus(in) + "\"}"));
    }

    @Test
    void tunnelGoesWhenItsTimeIsOverWithItsAddressAndAnEvent() {
        try (ControlFixture server = new ControlFixture(folder)) {
            JsonNode tunnel = expiring(server, Duration.ofHours(2));
            String lasting = server.tunnel("4000");
            String path = server.tunnels() + "/" + tunnel.path("id").asString();
            server.scheduler.advance(Duration.ofHours(2).minusMillis(1));
            assertThat(server.get(path).statusCode()).isEqualTo(200);
            server.scheduler.advance(Duration.ofMillis(1));
            assertThat(server.get(path).statusCode()).isEqualTo(404);
            assertThat(server.routes.find(tunnel.path("name").asString())).isNull();
            List<ProjectEvent> events =
                    server.store.read(handle -> server.store.outbox().after(handle, server.adasProject, 0, 100));
            assertThat(events.getLast().type()).isEqualTo("tunnel.deleted");
            assertThat(events.getLast().resource()).isEqualTo(tunnel.path("id").asString());
            assertThat(server.get(server.tunnels() + "/" + lasting).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void tunnelThatEndedWhileTheServerWasDownGoesAtItsStart() {
        String path;
        try (ControlFixture server = new ControlFixture(folder)) {
            path = server.tunnels() + "/"
                    + expiring(server, Duration.ofMinutes(1)).path("id").asString();
            server.store.writeOnly(handle -> handle.execute("UPDATE tunnels SET expires_at = 1"));
        }
        try (ControlFixture server = new ControlFixture(folder)) {
            server.scheduler.runDue();
            assertThat(server.get(path).statusCode()).isEqualTo(404);
        }
    }

    private static String quick(ControlFixture server) {
        return read(server.post(server.tunnels(), "{\"endpoint\":\"3000\",\"quick\":true}"))
                .path("id")
                .asString();
    }

    private static int status(ControlFixture server, String tunnel) {
        return server.get(server.tunnels() + "/" + tunnel).statusCode();
    }

    /** Has an agent carry a tunnel from now on. */
    private static SessionGrant carried(ControlFixture server, String tunnel) {
        String connector = server.connector();
        server.patch(server.tunnels() + "/" + tunnel, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
        SessionGrant grant = new SessionGrant(connector, server.adasProject, "fam_usr_ada");
        server.beat(connector);
        server.control.sessionEvents().opened(grant, "one", "1", "127.0.0.1");
        server.control.sessionEvents().carried(grant, "one", List.of(tunnel));
        return grant;
    }

    /** Its agent, which has beaten until now, goes. */
    private static void left(ControlFixture server, SessionGrant grant, String tunnel) {
        server.beat(grant.connector());
        server.control.sessionEvents().closed(grant, "one", List.of(tunnel));
    }

    @Test // B-E6
    void whileItsAgentIsConnectedAnExpiredTunnelIsOffButThere() {
        try (ControlFixture server = new ControlFixture(folder)) {
            String tunnel = expiring(server, Duration.ofHours(2)).path("id").asString();
            SessionGrant grant = carried(server, tunnel);
            server.scheduler.advance(Duration.ofHours(2));
            JsonNode over = read(server.get(server.tunnels() + "/" + tunnel));
            assertThat(over.path("enabled").asBoolean()).isFalse();
            assertThat(Objects.requireNonNull(
                                    server.routes.find(over.path("name").asString()))
                            .enabled())
                    .isFalse();
            server.scheduler.advance(Duration.ofHours(5));
            assertThat(status(server, tunnel)).isEqualTo(200);
            left(server, grant, tunnel);
            server.scheduler.advance(TunnelExpiry.ABSENCE);
            assertThat(status(server, tunnel)).isEqualTo(404);
        }
    }

    @Test // B-E6
    void aShortAbsenceKeepsTheNameOfAnExpiredTunnel() {
        try (ControlFixture server = new ControlFixture(folder)) {
            String tunnel = expiring(server, Duration.ofHours(2)).path("id").asString();
            SessionGrant grant = carried(server, tunnel);
            server.scheduler.advance(Duration.ofHours(2).minusSeconds(1));
            left(server, grant, tunnel);
            server.scheduler.advance(TunnelExpiry.ABSENCE.minusMillis(1));
            assertThat(status(server, tunnel)).isEqualTo(200);
            server.scheduler.advance(Duration.ofMillis(1));
            assertThat(status(server, tunnel)).isEqualTo(404);
        }
    }

    @Test // B-E6
    void aQuickShareGoesADayAfterItWasLastCarried() {
        try (ControlFixture server = new ControlFixture(folder)) {
            String tunnel = quick(server);
            server.scheduler.advance(Duration.ofHours(23));
            SessionGrant grant = carried(server, tunnel);
            server.scheduler.advance(Duration.ofDays(3));
            assertThat(status(server, tunnel)).as("its agent is connected").isEqualTo(200);
            left(server, grant, tunnel);
            server.scheduler.advance(TunnelExpiry.QUICK.minusMillis(1));
            assertThat(status(server, tunnel)).isEqualTo(200);
            server.scheduler.advance(Duration.ofMinutes(10));
            assertThat(status(server, tunnel)).isEqualTo(404);
        }
    }

    @Test // B-E6, B-B6
    void turningAQuickShareOffCountsFromThen() {
        try (ControlFixture server = new ControlFixture(folder)) {
            String tunnel = quick(server);
            SessionGrant grant = carried(server, tunnel);
            server.scheduler.advance(Duration.ofDays(3));
            server.beat(grant.connector());
            server.patch(server.tunnels() + "/" + tunnel, "{\"enabled\":false}");
            left(server, grant, tunnel);
            server.scheduler.advance(TunnelExpiry.QUICK.minusMillis(1));
            assertThat(status(server, tunnel)).isEqualTo(200);
            server.scheduler.advance(Duration.ofMinutes(10));
            assertThat(status(server, tunnel)).isEqualTo(404);
        }
    }

    @ParameterizedTest // B-E6
    @ValueSource(strings = {"{\"label\":\"shop\"}", "{\"keep\":true}", "{\"endpoint\":\"4000\"}", "listen"})
    void aKeptShareStaysForGood(String keeping) {
        try (ControlFixture server = new ControlFixture(folder)) {
            String tunnel = quick(server);
            assertThat(read(server.get(server.tunnels() + "/" + tunnel))
                            .path("quick")
                            .asBoolean())
                    .isTrue();
            assertThat(quick(server)).as("a second quick share").isEqualTo(tunnel);
            if (keeping.equals("listen")) {
                assertThat(server.tunnel("3000")).isEqualTo(tunnel);
            } else {
                server.patch(server.tunnels() + "/" + tunnel, keeping);
            }
            server.scheduler.advance(Duration.ofDays(400));
            assertThat(read(server.get(server.tunnels() + "/" + tunnel))
                            .path("quick")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test // B-E6
    void anAgentThatComesBackAfterTheServersRestartFindsItsTunnel() {
        String tunnel;
        try (ControlFixture server = new ControlFixture(folder)) {
            tunnel = quick(server);
            carried(server, tunnel);
            server.store.writeOnly(handle -> handle.execute("UPDATE tunnels SET last_active_at = 1"));
        }
        try (ControlFixture server = new ControlFixture(folder)) {
            server.scheduler.advance(TunnelExpiry.ABSENCE);
            assertThat(status(server, tunnel)).isEqualTo(200);
            server.scheduler.advance(TunnelExpiry.QUICK);
            assertThat(status(server, tunnel)).isEqualTo(404);
        }
    }
}
