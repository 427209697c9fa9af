package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ProjectEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
