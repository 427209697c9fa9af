package dev.porthole.server.edge;

import dev.porthole.core.api.Endpoint;
import dev.porthole.core.wire.PortholeError;
import dev.porthole.server.relay.RouteTable;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.relay.TunnelRoute;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** An edge on a free port with a control plane that says yes to {@code good-…} tokens, and one tunnel {@code app}. */
final class EdgeFixture implements AutoCloseable, SessionAuthority, SessionEvents {
    static final String TUNNEL = "tun_app";
    static final String HOST = "app.localhost";
    static final Endpoint ENDPOINT = Endpoint.parse("localhost:3000");

    final RouteTable routes = new RouteTable();
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final Edge edge;
    final Set<String> allowed = new HashSet<>(Set.of(TUNNEL, "tun_other"));

    EdgeFixture() {
        this(settings -> settings);
    }

    EdgeFixture(UnaryOperator<EdgeSettings> change) {
        routes.put(new TunnelRoute(TUNNEL, "prj_1", "app", ENDPOINT, true));
        EdgeSettings settings = new EdgeSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Set.of("localhost", "127.0.0.1", "porthole.localhost"),
                "localhost",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                "edge-secret");
        edge = Edge.start(change.apply(settings), routes, this, this);
    }

    WireAgent agent() throws Exception {
        WireAgent agent = WireAgent.connect(edge.address(), "good-1");
        agent.announce(TUNNEL);
        return agent;
    }

    RawVisitor visitor() throws Exception {
        return new RawVisitor(edge.address());
    }

    String nextEvent() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    void awaitEvent(String start) throws InterruptedException {
        String event = nextEvent();
        while (!event.startsWith(start)) {
            event = nextEvent();
        }
    }

    @Override
    public Optional<SessionGrant> authorize(String connectToken) {
        return connectToken.startsWith("good-")
                ? Optional.of(new SessionGrant("con_" + connectToken, "prj_1", "par_" + connectToken))
                : Optional.empty();
    }

    @Override
    public List<String> mayCarry(SessionGrant grant, List<String> tunnels) {
        return tunnels.stream().filter(allowed::contains).toList();
    }

    @Override
    public void opened(SessionGrant grant, String instance, String agentVersion, String remoteAddress) {
        events.add("opened " + grant.connector() + " " + agentVersion);
    }

    @Override
    public void carried(SessionGrant grant, String instance, Collection<String> tunnels) {
        events.add("carried " + tunnels);
    }

    @Override
    public void withdrawn(SessionGrant grant, String instance, Collection<String> tunnels) {
        events.add("withdrawn " + tunnels);
    }

    @Override
    public void closed(SessionGrant grant, String instance, Collection<String> tunnels) {
        events.add("closed " + tunnels);
    }

    @Override
    public void endpointFailed(String tunnel, PortholeError error) {
        events.add("endpointFailed " + tunnel + " " + error);
    }

    @Override
    public void close() {
        edge.close();
    }
}
