package dev.porthole.server.edge;

import com.sun.net.httpserver.HttpServer;
import dev.porthole.core.Link;
import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentControl;
import dev.porthole.core.agent.AgentLimits;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.core.proxy.ProxyLimits;
import dev.porthole.core.proxy.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Agents as people run them, on one event loop, with an app behind them: {@code /} answers at once, {@code /slow} when
 * the test says so, {@code /bytes/N} with so many bytes.
 */
final class LiveAgents implements AutoCloseable {
    final AtomicInteger fetches = new AtomicInteger();
    final CountDownLatch slowBegan = new CountDownLatch(1);
    final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private final Transport transport = new Transport();
    private final HttpServer app;
    private final List<Agent> agents = new ArrayList<>();

    LiveAgents() {
        try {
            app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        app.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        app.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/slow")) {
                slowBegan.countDown();
                awaitQuietly(slowMayEnd);
            }
            byte[] body = path.startsWith("/bytes/")
                    ? new byte[Integer.parseInt(path.substring(7))]
                    : "fine".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] received = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("X-Received", String.valueOf(received.length));
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        app.start();
    }

    /** Connects an agent that carries the fixture's tunnel; returns at once. */
    Agent connect(URI server, int sessions) {
        return connect(server, sessions, AgentLimits.USUAL);
    }

    Agent connect(URI server, int sessions, AgentLimits limits) {
        Control control = new Control();
        Agent agent = new Agent(
                new AgentConfig(server, "con_" + agents.size(), "0.1.0", sessions, limits, ProxyLimits.USUAL),
                control,
                control,
                AgentTime.system(),
                RandomGenerator.getDefault(),
                transport);
        agents.add(agent);
        agent.carry(new CarriedTunnel(
                EdgeFixture.TUNNEL,
                Endpoint.parse("localhost:" + app.getAddress().getPort())));
        agent.connect();
        return agent;
    }

    /** Waits until so many of its sessions are up and the edge has the tunnel on each. */
    static void awaitSessions(Agent agent, int sessions) throws InterruptedException {
        await(agent.link(), link -> link instanceof Link.Connected up && up.sessions() == sessions);
        await(agent.acknowledged(), tunnels -> tunnels.contains(EdgeFixture.TUNNEL));
    }

    static <T> void await(Observable<T> observable, Predicate<? super T> wanted) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        try (Subscription _ = observable.subscribe(value -> {
            if (wanted.test(value)) {
                seen.countDown();
            }
        })) {
            if (!seen.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("still " + observable.get());
            }
        }
    }

    @Override
    public void close() {
        slowMayEnd.countDown();
        List<Thread> closing = agents.stream()
                .map(agent -> Thread.ofVirtual().start(agent::close))
                .toList();
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        transport.close();
        app.stop(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean _ = latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Control implements AgentControl, ConnectTokenStore {
        @Override
        public ConnectToken fetchConnectToken() {
            int number = fetches.incrementAndGet();
            return new ConnectToken("good-" + number, "con", Instant.now().plus(Duration.ofDays(1)));
        }

        @Override
        public Lease heartbeat(String instance, Heartbeat heartbeat) {
            Instant now = Instant.now();
            return new Lease(now.plusSeconds(30), now);
        }

        @Override
        public void leave(String instance) {}

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
