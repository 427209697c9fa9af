package dev.porthole.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentControl;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.agent.ControlException;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.ConnectTokenRequest;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorRegistration;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Credentials;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.server.admin.AdminClient;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Another user's agent that claims what is not theirs. */
class ForeignAgentTest {
    // T-W10
    @Test
    void agentGetsNoVisitorOfAnotherProjectsTunnel() throws Exception {
        try (World world = World.start();
                LocalApp app = LocalApp.saying("the owner's");
                LocalApp trap = LocalApp.saying("the intruder's")) {
            Tunnel tunnel = world.share(app.port()).tunnel();
            ControlPlaneClient client = client(world);
            String project = client.projects().getFirst().id();
            assertThat(project).isNotEqualTo(tunnel.project());
            Connector connector =
                    client.registerManaged(project, "dev_intruder", new ConnectorRegistration("intruder"));
            Endpoint trapped = Endpoint.parse(String.valueOf(trap.port()));
            Tunnel own = client.createTunnel(project, new TunnelRequest(trapped, null, null, null, null))
                    .value();
            client.updateTunnel(project, own.id(), TunnelUpdate.enable(connector.id()), null);

            try (Agent intruder = new Agent(
                    AgentConfig.of(client.server().base(), connector.id(), "test"),
                    new Control(client, project, connector.id()),
                    new NoStore(),
                    AgentTime.system(),
                    RandomGenerator.getDefault())) {
                intruder.carry(new CarriedTunnel(tunnel.id(), trapped));
                intruder.carry(new CarriedTunnel(own.id(), trapped));
                intruder.connect();

                // The edge answers in order: when it has the one, it has refused the other.
                assertThat(firstAcknowledged(intruder)).containsExactly(own.id());
                assertThat(Visitor.get(own.url(), "/").text()).isEqualTo("the intruder's");
                assertThat(Visitor.get(tunnel.url(), "/").text()).isEqualTo("the owner's");

                world.porthole().stop(tunnel.id());
                Visitor.Response stopped = Visitor.get(tunnel.url(), "/");
                assertThat(stopped.status()).isEqualTo(503);
                assertThat(stopped.head().field("porthole-error")).isEqualTo("tunnel_offline");
                assertThat(intruder.acknowledged().get()).containsExactly(own.id());
            }
        }
    }

    private static ControlPlaneClient client(World world) throws Exception {
        try (AdminClient admin = AdminClient.connect(world.folder().resolve("server"))) {
            return new ControlPlaneClient(
                    ServerAddress.parse("localhost:" + world.port()),
                    Credentials.ofKey(admin.token(World.OTHER_USER, null)),
                    "test");
        }
    }

    private static Set<String> firstAcknowledged(Agent agent) throws Exception {
        CompletableFuture<Set<String>> first = new CompletableFuture<>();
        try (Subscription _ = agent.acknowledged().subscribe(now -> {
            if (!now.isEmpty()) {
                first.complete(now);
            }
        })) {
            return first.get(30, TimeUnit.SECONDS);
        }
    }

    /** Asks with a key of that user, which has every right in their own project. */
    private record Control(ControlPlaneClient client, String project, String connector) implements AgentControl {
        @Override
        public ConnectToken fetchConnectToken() throws ControlException, InterruptedException {
            try {
                return client.connectToken(new ConnectTokenRequest(connector));
            } catch (ProblemException | IOException failed) {
                throw unreachable(failed);
            }
        }

        @Override
        public Lease heartbeat(String instance, Heartbeat heartbeat) throws ControlException, InterruptedException {
            try {
                return client.heartbeat(project, connector, instance, heartbeat);
            } catch (ProblemException | IOException failed) {
                throw unreachable(failed);
            }
        }

        @Override
        public void leave(String instance) throws ControlException, InterruptedException {
            try {
                client.endInstance(project, connector, instance);
            } catch (ProblemException | IOException failed) {
                throw unreachable(failed);
            }
        }

        private static ControlException unreachable(Exception failed) {
            return new ControlException(new ControlException.Reason.Unreachable(failed.toString(), false), failed);
        }
    }

    private static final class NoStore implements ConnectTokenStore {
        @Override
        public Optional<ConnectToken> load() {
            return Optional.empty();
        }

        @Override
        public void save(ConnectToken token) {}

        @Override
        public void clear() {}
    }
}
