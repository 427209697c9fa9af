package dev.porthole.core.agent;

import dev.porthole.core.Link;
import dev.porthole.core.api.Ids;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import dev.porthole.core.proxy.CarriedTunnel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Carries one connector's tunnels: keeps its lease, its session, and what the edge knows of its tunnels as its user
 * wants them.
 *
 * <p>Safe from any thread. Nothing here waits for the network except {@link #disconnect} and {@link #close}, which take
 * a second at most.
 */
public final class Agent implements AutoCloseable {
    private final String instance = Ids.next("ins");
    private final Observed<Link> link = new Observed<>(new Link.Idle());
    private final Observed<Set<String>> acknowledged = new Observed<>(Set.of());

    /** An agent that is not connected and carries nothing. */
    public Agent(
            AgentConfig config,
            AgentControl control,
            ConnectTokenStore store,
            AgentTime time,
            RandomGenerator random) {}

    /** The random id of this running agent; its leases and sessions carry it. */
    public String instance() {
        return instance;
    }

    /**
     * Starts the heartbeat and keeps a session up from now on. Returns at once; connecting twice is connecting once.
     * What becomes of it shows in {@link #link}.
     */
    public void connect() {}

    /**
     * Ends heartbeat and session within a second, gives the lease back, and forgets the stored connect token. Nothing
     * reconnects afterwards; what is carried stays so for the next {@link #connect}.
     */
    public void disconnect() {}

    /** Like {@link #disconnect}, for good, but the stored connect token stays for the next start. */
    @Override
    public void close() {}

    /**
     * Carries a tunnel from now on, or takes its new endpoint in one step: requests of the edge for it are served as
     * soon as this returns, the heartbeat names it at once, and live sessions announce it.
     */
    public void carry(CarriedTunnel tunnel) {}

    /** Carries it no longer. New requests for it are refused as soon as this returns; running ones finish. */
    public void drop(String tunnel) {}

    /**
     * Announces again what the edge has not acknowledged. For after a tunnel was enabled, since an edge refuses those
     * that are not; each heartbeat does it too.
     */
    public void announceAgain() {}

    /**
     * Completes once the control plane has a heartbeat that names all that is carried now, and a session is up. Fails
     * with {@link ControlException} if the project is gone or the sign-in is over, and is cancelled by
     * {@link #disconnect}.
     */
    public CompletableFuture<Void> registered() {
        return new CompletableFuture<>();
    }

    /** Someone signed in again: a cycle that waited for it goes on. */
    public void credentialsRenewed() {}

    /** The network changed or the computer woke up: whatever waits to dial again does it now. */
    public void wake() {}

    /** How the agent is connected. */
    public Observable<Link> link() {
        return link;
    }

    /** The tunnels (ids) that an edge has routes to this agent for, over all its sessions. */
    public Observable<Set<String>> acknowledged() {
        return acknowledged;
    }
}
