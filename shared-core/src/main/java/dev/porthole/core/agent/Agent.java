package dev.porthole.core.agent;

import dev.porthole.core.BlockedHost;
import dev.porthole.core.Link;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.ServerProxies;
import dev.porthole.core.api.TrustedAuthorities;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.proxy.CarriedTunnel;
import dev.porthole.core.proxy.LocalProxy;
import dev.porthole.core.proxy.Transport;
import dev.porthole.core.traffic.TrafficBook;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries one connector's tunnels: keeps its lease, its sessions, and what the edge knows of its tunnels as its user
 * wants them.
 *
 * <p>Safe from any thread. Nothing here waits for the network except {@link #disconnect} and {@link #close}, which take
 * a second at most.
 */
public final class Agent implements AutoCloseable {
    private final String instance = Ids.next("ins");
    private final ConnectTokenStore store;
    private final Transport transport;
    private final boolean ownsTransport;
    private final LocalProxy proxy;
    private final AgentRun.Surroundings surroundings;
    private final DesiredTunnels desired = new DesiredTunnels();
    private final Registration registration = new Registration();
    private final LiveSessions sessions = new LiveSessions(registration);
    private final Bell wake = new Bell();
    private final Bell renewed = new Bell();
    private @Nullable AgentRun running;

    /** An agent with an event loop of its own, not connected, carrying nothing. */
    public Agent(
            AgentConfig config, AgentControl control, ConnectTokenStore store, AgentTime time, RandomGenerator random) {
        this(config, control, store, time, random, new TrafficBook(time, time::after));
    }

    /** Like the other, counting what passes in {@code traffic}. */
    public Agent(
            AgentConfig config,
            AgentControl control,
            ConnectTokenStore store,
            AgentTime time,
            RandomGenerator random,
            TrafficBook traffic) {
        this(config, control, store, time, random, traffic, new Transport(), true);
    }

    /** Like the first, on an event loop that it shares with other agents and does not close. */
    public Agent(
            AgentConfig config,
            AgentControl control,
            ConnectTokenStore store,
            AgentTime time,
            RandomGenerator random,
            Transport transport) {
        this(config, control, store, time, random, new TrafficBook(time, time::after), transport, false);
    }

    private Agent(
            AgentConfig config,
            AgentControl control,
            ConnectTokenStore store,
            AgentTime time,
            RandomGenerator random,
            TrafficBook traffic,
            Transport transport,
            boolean ownsTransport) {
        this.store = store;
        this.transport = transport;
        this.ownsTransport = ownsTransport;
        this.proxy = new LocalProxy(transport, desired.allowed(), config.proxyLimits(), traffic);
        Dialer dialer = new Dialer(
                transport,
                config.server(),
                verifiedTls(),
                config.limits().dial(),
                server -> ServerProxies.ofThisComputer().proxyTo(server));
        this.surroundings = new AgentRun.Surroundings(
                instance,
                config,
                control,
                store,
                time,
                random,
                dialer,
                proxy,
                desired,
                registration,
                sessions,
                wake,
                renewed);
    }

    /** The random id of this running agent; its leases and sessions carry it. */
    public String instance() {
        return instance;
    }

    /**
     * Starts the heartbeat and keeps {@link AgentConfig#sessions} sessions up from now on. Returns at once; connecting
     * twice is connecting once. What becomes of it shows in {@link #link}.
     */
    public synchronized void connect() {
        if (running == null) {
            running = new AgentRun(surroundings, this::ended);
            running.start();
        }
    }

    /**
     * Ends heartbeat and sessions within a second, gives the lease back, and forgets the stored connect token. Edges
     * are told first and send nothing new; what runs may finish within {@link AgentLimits#leave}. Nothing reconnects
     * afterwards; what is carried stays so for the next {@link #connect}.
     */
    public synchronized void disconnect() {
        stop();
        store.clear();
    }

    /** Like {@link #disconnect}, for good, but the stored connect token stays for the next start. */
    @Override
    public synchronized void close() {
        stop();
        if (ownsTransport) {
            transport.close();
        }
    }

    /**
     * Carries a tunnel from now on, or takes its new endpoint in one step: requests of the edge for it are served as
     * soon as this returns, the heartbeat names it at once, and live sessions announce it.
     */
    public void carry(CarriedTunnel tunnel) {
        CarriedTunnel before = desired.allowed().find(tunnel.tunnel());
        desired.put(tunnel);
        if (!tunnel.equals(before)) {
            proxy.blockedHosts().forget(tunnel.tunnel());
        }
        sessions.reconcile(false);
    }

    /** Carries it no longer. New requests for it are refused as soon as this returns; running ones finish. */
    public void drop(String tunnel) {
        desired.remove(tunnel);
        proxy.blockedHosts().forget(tunnel);
        sessions.reconcile(false);
    }

    /**
     * Announces again what the edge has refused. For after a tunnel was enabled, since an edge refuses those that are
     * not; each heartbeat does it too.
     */
    public void announceAgain() {
        sessions.reconcile(true);
    }

    /**
     * Completes once the control plane has a heartbeat that names all that is carried now, and a session is up. Fails
     * with {@link ControlException} if the project is gone or the sign-in is over, and is cancelled by
     * {@link #disconnect}.
     */
    public CompletableFuture<Void> registered() {
        return registration.await(desired.snapshot().generation());
    }

    /** Someone signed in again: a cycle that waited for it goes on. */
    public void credentialsRenewed() {
        renewed.ring();
        wake.ring();
    }

    /**
     * The network changed or the computer woke up: whatever waits to dial again does it now, and sessions that look
     * alive are asked whether they are.
     */
    public void wake() {
        sessions.check();
        wake.ring();
    }

    /** Completes when the event loop has turned: of a loop that is stuck never. */
    public CompletableFuture<Void> pulse() {
        return transport.pulse();
    }

    /** How the agent is connected. */
    public Observable<Link> link() {
        return sessions.link();
    }

    /** The tunnels (ids) that an edge has routes to this agent for, over all its sessions. */
    public Observable<Set<String>> acknowledged() {
        return sessions.acknowledged();
    }

    /** The tunnels (by id) whose apps refuse the name that visitors use. */
    public Observable<Map<String, BlockedHost>> blockedHosts() {
        return proxy.blockedHosts().findings();
    }

    private void stop() {
        AgentRun stopping = running;
        running = null;
        if (stopping != null) {
            stopping.stop();
        }
        registration.reset();
    }

    private synchronized void ended(AgentRun which) {
        if (running == which) {
            running = null;
            which.end();
        }
    }

    private static SslContext verifiedTls() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(TrustedAuthorities.ofThisProcess().trustManager())
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (IOException broken) {
            throw new IllegalStateException("No TLS to a server: " + broken.getMessage(), broken);
        }
    }
}
