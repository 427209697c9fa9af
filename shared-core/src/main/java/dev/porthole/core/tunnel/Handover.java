package dev.porthole.core.tunnel;

import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorRegistration;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.observe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a tunnel on where another program carries it: an external connector's agent, which follows what the server
 * says; or this computer's running app, which follows {@link RunningTunnels}. That file is this user's own: what is in
 * it was wanted by whoever sits here, and the server alone can have nothing carried.
 */
final class Handover {
    /** An app that runs takes a tunnel up within a second; this is for one whose computer is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ControlPlaneClient client;
    private final Device device;
    private final RunningTunnels running;
    private final Keepers keepers;
    private final AgentTime time;

    Handover(ControlPlaneClient client, Device device, RunningTunnels running, Keepers keepers, AgentTime time) {
        this.client = client;
        this.device = device;
        this.running = running;
        this.keepers = keepers;
        this.time = time;
    }

    /** Returns once the app has it ready, or the server knows that the external agent is to carry it. */
    Tunnel hand(Tunnel tunnel, ProjectFeed feed) throws ProblemException, IOException, InterruptedException {
        Connector last = connector(tunnel);
        if (last != null && last.kind() == Connector.Kind.external) {
            return client.updateTunnel(tunnel.project(), tunnel.id(), TunnelUpdate.enable(last.id()), null);
        }
        if (last != null && !device.id().equals(last.device())) {
            throw nobody(tunnel.id() + " was carried by " + last.name() + " last.");
        }
        if (!keepers.elsewhere()) {
            throw nobody("No running app of this computer takes " + tunnel.id() + " up.");
        }
        Connector mine =
                client.registerManaged(tunnel.project(), device.id(), new ConnectorRegistration(device.name()));
        // The server first: what is in the file and off there was turned off by someone, and is taken out.
        Tunnel on = client.updateTunnel(tunnel.project(), tunnel.id(), TunnelUpdate.enable(mine.id()), null);
        running.add(tunnel.project(), tunnel.id());
        Optional<Tunnel> ready = Optional.empty();
        try {
            ready = awaitReady(on, feed);
        } finally {
            if (ready.isEmpty()) {
                running.remove(tunnel.project(), tunnel.id());
                feed.learn(client.updateTunnel(tunnel.project(), tunnel.id(), TunnelUpdate.disable(), null));
            }
        }
        return ready.orElseThrow(() -> nobody("No running app of this computer takes " + tunnel.id() + " up."));
    }

    private @Nullable Connector connector(Tunnel tunnel) throws ProblemException, IOException, InterruptedException {
        if (tunnel.connector() == null) {
            return null;
        }
        return client.connectors(tunnel.project()).stream()
                .filter(connector -> connector.id().equals(tunnel.connector()))
                .findFirst()
                .orElse(null);
    }

    private Optional<Tunnel> awaitReady(Tunnel on, ProjectFeed feed) throws InterruptedException {
        CompletableFuture<Tunnel> ready = new CompletableFuture<>();
        try (Subscription _ = feed.view()
                .subscribe(view -> view.tunnel(on.id())
                        .filter(tunnel -> tunnel.version() >= on.version() && tunnel.enabled() && tunnel.ready())
                        .ifPresent(ready::complete))) {
            CompletableFuture.anyOf(ready, time.after(PATIENCE)).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Optional.ofNullable(ready.getNow(null));
    }

    private static ProblemException nobody(String detail) {
        return new ProblemException(
                new Problem("/problems/nobody-carries", "Nobody would carry it", 409, detail, null));
    }
}
