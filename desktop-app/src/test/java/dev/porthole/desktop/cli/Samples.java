package dev.porthole.desktop.cli;

import dev.porthole.core.KnownSignIn;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Endpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The commands that end by themselves, each with arguments that are fine for {@link #porthole}. */
final class Samples {
    private Samples() {}

    static Stream<Sample> all() {
        return Stream.of(
                new Sample("auth status", false, "auth-status"),
                new Sample("auth list", false, "auth-list"),
                new Sample("auth switch ada@example.com", false, "auth-switch"),
                new Sample("projects list", true, "projects-list"),
                new Sample("projects switch prj_web", true, "projects-switch"),
                new Sample("tunnel list", true, "tunnel-list"),
                new Sample("tunnel create --endpoint 4000", true, "tunnel-create"),
                new Sample("tunnel update shop --label store", true, "tunnel"),
                new Sample("tunnel enable shop", true, "tunnel"),
                new Sample("tunnel disable shop", true, "tunnel-disable"),
                new Sample("tunnel delete tun_1", true, "deleted"),
                new Sample("tunnel open shop", true, "tunnel-open"),
                new Sample("tunnel qr shop", true, "tunnel-qr"),
                new Sample("connectors list", true, "connectors-list"),
                new Sample("connectors create nas", true, "connector"),
                new Sample("connectors show builder", true, "connector"),
                new Sample("connectors rotate builder --yes", true, "connector"),
                new Sample("connectors delete builder --yes", true, "deleted"),
                new Sample("keys list", true, "keys-list"),
                new Sample("keys create deploy", true, "key"),
                new Sample("keys rotate ci --yes", true, "key"),
                new Sample("keys revoke ci --yes", true, "keys-revoke"),
                new Sample("activity", true, "activity"),
                new Sample("config list", false, "config-list"),
                new Sample("config get theme", false, "config"),
                new Sample("config set theme dark", false, "config"),
                new Sample("config unset theme", false, "config"),
                new Sample("config path", false, "config-path"),
                new Sample("version", false, "version"),
                new Sample("doctor", false, "doctor"));
    }

    /** A core with one of everything. */
    static FakePorthole porthole(Path folder) {
        FakePorthole porthole = new FakePorthole(folder);
        porthole.tunnels.set(List.of(new TunnelState(
                FakePorthole.tunnel("tun_1", "shop", Endpoint.parse("3000"), false), false, Phase.STOPPED, "")));
        porthole.signIns.add(new KnownSignIn(FakePorthole.SERVER, FakePorthole.ADA, false, true, false));
        porthole.connectors().add("con_1", "builder", Connector.Kind.external, true, false);
        porthole.keys().all.add(FakeKeys.key("key_1", "ci"));
        porthole.activity.add(new AuditEntry(
                "aud_1", "prj_web", "usr_1", "Ada", "tunnel.created", "tun_1", null, null, "made", Instant.EPOCH));
        return porthole;
    }
}
