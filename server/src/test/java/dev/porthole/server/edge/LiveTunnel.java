package dev.porthole.server.edge;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentControl;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.proxy.CarriedTunnel;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The whole way of a request: a real edge, a network that may be bad, a real agent, and an app. */
final class LiveTunnel implements AutoCloseable {
    final EdgeFixture fixture;
    final ChaosProxy chaos;
    final OriginApp app;
    private Agent agent;

    LiveTunnel(OriginApp.Answer answer) throws Exception {
        this(answer, settings -> settings);
    }

    LiveTunnel(OriginApp.Answer answer, UnaryOperator<EdgeSettings> change) throws Exception {
        fixture = new EdgeFixture(change);
        chaos = new ChaosProxy(fixture.edge.address());
        app = new OriginApp(answer);
        agent = startAgent();
        awaitCarried();
    }

    private Agent startAgent() {
        GoodCredentials credentials = new GoodCredentials();
        Agent starting = new Agent(
                AgentConfig.of(chaos.address(), "con_1", "test"),
                credentials,
                credentials,
                AgentTime.system(),
                new Random(5));
        starting.carry(tunnelTo(app.port()));
        starting.connect();
        return starting;
    }

    /** Sends what comes to another port of this computer from now on. */
    void carry(int port) {
        agent.carry(tunnelTo(port));
    }

    private static CarriedTunnel tunnelTo(int port) {
        return new CarriedTunnel(EdgeFixture.TUNNEL, Endpoint.parse("127.0.0.1:" + port));
    }

    /** Stops the agent and starts another one in its place. */
    void restartAgent() throws Exception {
        agent.close();
        agent = startAgent();
        awaitCarried();
    }

    /** Does at once what waits for a back-off, as after a change of the network. */
    void wakeAgent() {
        agent.wake();
    }

    /** Waits until an edge has the route to this agent. */
    void awaitCarried() throws Exception {
        CompletableFuture<Boolean> carried = new CompletableFuture<>();
        try (Subscription _ = agent.acknowledged().subscribe(tunnels -> {
            if (tunnels.contains(EdgeFixture.TUNNEL)) {
                carried.complete(true);
            }
        })) {
            carried.get(60, TimeUnit.SECONDS);
        }
    }

    RawVisitor visitor() throws IOException {
        return new RawVisitor(fixture.edge.address());
    }

    @Override
    public void close() throws IOException {
        agent.close();
        app.close();
        chaos.close();
        fixture.close();
    }

    /** A control plane that never says no. */
    private static final class GoodCredentials implements AgentControl, ConnectTokenStore {
        @Override
        public ConnectToken fetchConnectToken() {
            return new ConnectToken("good-1", "con_1", Instant.now().plusSeconds(86_400));
        }

        @Override
        public Lease heartbeat(String instance, Heartbeat heartbeat) {
            return new Lease(Instant.now().plusSeconds(30), Instant.now());
        }

        @Override
        public void leave(String instance) {}

        @Override
        public Optional<ConnectToken> load() {
            return Optional.of(fetchConnectToken());
        }

        @Override
        public void save(ConnectToken token) {}

        @Override
        public void clear() {}
    }
}
