package dev.porthole.server.control;

import static dev.porthole.server.control.ControlFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.ProjectEvent;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.SessionGrant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
    private static final ProbeResult ANSWERED = new ProbeResult.Answered(Duration.ofMillis(3));
    private static final ProbeResult REFUSED = new ProbeResult.EndpointRefused("localhost:3000 refused");

    @TempDir
    Path folder;

    ControlFixture server;
    String connector = "";
    String tunnel = "";
    SessionGrant grant = new SessionGrant("", "", "");

    @BeforeEach
    void start() {
        server = new ControlFixture(folder);
        connector = server.connector();
        tunnel = server.tunnel("3000");
        grant = new SessionGrant(connector, server.adasProject, "fam_usr_ada");
        server.beat(connector);
        enable();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void enable() {
        server.patch(server.tunnels() + "/" + tunnel, "{\"enabled\":true,\"connector\":\"" + connector + "\"}");
    }

    private void carry() {
        server.control.sessionEvents().carried(grant, "one", List.of(tunnel));
    }

    @Test
    void readyOnlyAfterAProbeWasAnswered() { // B-B13
        assertThat(server.condition(tunnel, "Accepted")).isEqualTo("True Accepted");
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("False NoSession");
        carry();
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("True Programmed");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("Unknown Probing");
        server.probeResults.add(ANSWERED);
        server.scheduler.runDue();
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("True Answering");
        server.control.sessionEvents().closed(grant, "one", List.of(tunnel));
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("False NoSession");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False NoSession");
        carry();
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("Unknown Probing");
    }

    @Test
    void probesAreRepeatedAfterGrowingPausesUntilAnswered() { // B-B13
        carry();
        server.probeResults.addAll(List.of(new ProbeResult.NotAnswered("timeout"), REFUSED, REFUSED, ANSWERED));
        server.scheduler.runDue();
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False NotAnswering");
        server.scheduler.advance(Duration.ofMillis(249));
        assertThat(server.probed).hasSize(1);
        server.scheduler.advance(Duration.ofMillis(1));
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False EndpointRefused");
        server.scheduler.advance(Duration.ofMillis(500));
        assertThat(server.probed).hasSize(3);
        server.scheduler.advance(Duration.ofSeconds(1));
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("True Answering");
        server.scheduler.advance(Duration.ofSeconds(20));
        assertThat(server.probed).hasSize(4);
    }

    @Test
    void failingEndpointIsProbedAgainAtOnce() { // B-B13
        carry();
        server.probeResults.addAll(List.of(ANSWERED, REFUSED));
        server.scheduler.runDue();
        server.control.sessionEvents().endpointFailed(tunnel, PortholeError.ENDPOINT_REFUSED);
        server.control.sessionEvents().endpointFailed(tunnel, PortholeError.ENDPOINT_REFUSED);
        server.scheduler.runDue();
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False EndpointRefused");
        assertThat(server.probed).hasSize(2);
    }

    @Test
    void endedLeaseTakesProgrammedAwayAndASignOfLifeBringsItBack() { // B-B12
        carry();
        server.probeResults.add(ANSWERED);
        server.scheduler.advance(Duration.ofSeconds(29));
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("True Answering");
        server.beat(connector);
        server.scheduler.advance(Duration.ofSeconds(29));
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("True Programmed");
        server.scheduler.advance(Duration.ofSeconds(1));
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("False LeaseExpired");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False LeaseExpired");
        assertThat(read(server.get(server.connectors() + "/" + connector))
                        .path("online")
                        .asBoolean())
                .isFalse();
        server.beat(connector);
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("True Programmed");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("Unknown Probing");
    }

    @Test
    void secondSessionsLeavingNeverEndsTheFirst() { // B-D8
        carry();
        carry();
        server.probeResults.add(ANSWERED);
        server.scheduler.runDue();
        server.control.sessionEvents().closed(grant, "one", List.of(tunnel));
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("True Answering");
    }

    @Test
    void disabledTunnelHasNoRouteAndSaysSo() { // B-B6
        carry();
        server.patch(server.tunnels() + "/" + tunnel, "{\"enabled\":false}");
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("False Disabled");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False Disabled");
        String name =
                read(server.get(server.tunnels() + "/" + tunnel)).path("name").asString();
        var route = server.routes.find(name);
        assertThat(route).isNotNull().extracting("enabled").isEqualTo(false);
        assertThat(server.control.authority().mayCarry(grant, List.of(tunnel))).isEmpty();
        server.scheduler.advance(Duration.ofSeconds(10));
        assertThat(server.probed).isEmpty();
    }

    @Test
    void changedEndpointIsNotReadyBeforeItWasProbed() { // B-B11
        carry();
        server.probeResults.addAll(List.of(ANSWERED, REFUSED));
        server.scheduler.runDue();
        server.patch(server.tunnels() + "/" + tunnel, "{\"endpoint\":\"localhost:3999\"}");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("Unknown Probing");
        server.scheduler.runDue();
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False EndpointRefused");
        assertThat(server.probed.getLast().endpoint().port()).isEqualTo(3999);
    }

    @Test
    void nothingIsToldWhenNothingChanged() {
        carry();
        server.scheduler.runDue();
        long before = lastEvent();
        server.scheduler.advance(Duration.ofSeconds(15));
        assertThat(server.probed.size()).isGreaterThan(3);
        assertThat(lastEvent()).isEqualTo(before);
    }

    @Test
    void afterARestartNoTunnelIsProgrammedButLeasesGoOn() { // T-R2
        carry();
        server.probeResults.add(ANSWERED);
        server.scheduler.runDue();
        server.close();
        server = new ControlFixture(folder);
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("False NoSession");
        assertThat(server.condition(tunnel, "Ready")).isEqualTo("False NoSession");
        carry();
        assertThat(server.condition(tunnel, "Programmed")).isEqualTo("True Programmed");
    }

    @Test
    void sessionsMayCarryOnlyTheirConnectorsEnabledTunnels() { // T-W10
        String other = server.tunnel("4000");
        assertThat(server.control.authority().mayCarry(grant, List.of(tunnel, other, "tun_none")))
                .containsExactly(tunnel);
        SessionGrant foreign = new SessionGrant(connector, server.bobsProject, "fam_usr_bob");
        assertThat(server.control.authority().mayCarry(foreign, List.of(tunnel)))
                .isEmpty();
        var minted = read(server.post("/api/v1/connect-tokens", "{\"connector\":\"" + connector + "\"}"));
        assertThat(server.control.authority().authorize(minted.path("token").asString()))
                .contains(grant);
        server.delete(server.connectors() + "/" + connector);
        assertThat(server.control.authority().authorize(minted.path("token").asString()))
                .isEmpty();
    }

    private long lastEvent() {
        return server.store.read(handle -> server.store.outbox().after(handle, server.adasProject, 0, 1000)).stream()
                .mapToLong(ProjectEvent::sequence)
                .max()
                .orElse(0);
    }
}
