package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.core.proxy.ProxyLimits;
import dev.porthole.core.traffic.TrafficBook;
import dev.porthole.core.wire.ControlMessage;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real agent against a small edge; time stands still. */
public final class AgentFixture implements AutoCloseable {
    public final WireEdge edge;
    public final ManualTime time = new ManualTime();
    public final RecordingControl control = new RecordingControl();
    public final TrafficBook traffic = new TrafficBook(time, time::after);
    public final Agent agent;

    public AgentFixture() {
        this(1, AgentLimits.USUAL, ProxyLimits.USUAL);
    }

    /** With as many sessions. The second is dialled up to a second after the first: move the time. */
    public AgentFixture(int sessions) {
        this(sessions, AgentLimits.USUAL, ProxyLimits.USUAL);
    }

    public AgentFixture(ProxyLimits proxyLimits) {
        this(1, AgentLimits.USUAL, proxyLimits);
    }

    public AgentFixture(int sessions, AgentLimits limits, ProxyLimits proxyLimits) {
        edge = new WireEdge();
        agent = new Agent(
                new AgentConfig(edge.uri(), "con_1", "0.1.0", sessions, limits, proxyLimits),
                control,
                control,
                time,
                new Random(7),
                traffic);
    }

    /** Carries a tunnel, connects, and waits until the edge has acknowledged it. */
    public EdgeSession carrying(CarriedTunnel tunnel) throws InterruptedException {
        agent.carry(tunnel);
        agent.connect();
        EdgeSession session = edge.nextSession();
        await(agent.acknowledged(), ids -> ids.contains(tunnel.tunnel()));
        return session;
    }

    public EdgeSession carrying(String tunnel, int port) throws InterruptedException {
        return carrying(new CarriedTunnel(tunnel, Endpoint.parse("localhost:" + port)));
    }

    public void awaitLink(Predicate<Link> wanted) throws InterruptedException {
        await(agent.link(), wanted);
    }

    public static <T> void await(Observable<T> observable, Predicate<? super T> wanted) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        try (Subscription _ = observable.subscribe(value -> {
            if (wanted.test(value)) {
                seen.countDown();
            }
        })) {
            if (!seen.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("still " + observable.get());
            }
        }
    }

    /** The tunnels of the next message, which has to be an announcement. */
    public static java.util.List<String> announced(EdgeSession session) throws InterruptedException {
        return session.nextMessage() instanceof ControlMessage.Announce(java.util.List<String> tunnels)
                ? tunnels
                : java.util.List.of();
    }

    @Override
    public void close() {
        agent.close();
        edge.close();
    }
}
