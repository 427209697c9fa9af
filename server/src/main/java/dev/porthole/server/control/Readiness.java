package dev.porthole.server.control;

import dev.porthole.core.wire.PortholeError;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.control.LiveState.Agent;
import dev.porthole.server.relay.ProbeResult;
import dev.porthole.server.relay.Prober;
import dev.porthole.server.relay.SessionEvents;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.InstanceLease;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoreUnavailableException;
import dev.porthole.server.store.StoredTunnel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Keeps each tunnel's conditions true: listens to sessions and leases, probes what has both, and stores and tells what
 * became different. {@code Ready} holds only after a request has gone through the public address to the agent and back.
 *
 * <p>What is live is read inside the transaction that stores the conditions. Transactions stand in line and each change
 * of what is live is followed by one, so the last one written is right.
 */
final class Readiness implements SessionEvents {
    private final Store store;
    private final Changes changes;
    private final Views views;
    private final Prober prober;
    private final PublicPorts ports;
    private final Scheduler scheduler;

    /** Guards live and probes; never held while the store or the network is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    private final LiveState live = new LiveState();
    private final OwedConditions owed;
    private final AtomicInteger sessions = new AtomicInteger();
    private final Probes probes;

    Readiness(Store store, Changes changes, Views views, Prober prober, PublicPorts ports, Scheduler scheduler) {
        this.store = store;
        this.changes = changes;
        this.views = views;
        this.prober = prober;
        this.ports = ports;
        this.scheduler = scheduler;
        this.probes = new Probes(scheduler, this::probe);
        this.owed = new OwedConditions(scheduler, this::evaluate);
    }

    /** Takes up the leases that still run, and says of all tunnels that no session carries them yet. */
    void start() {
        List<InstanceLease> leases = store.read(handle -> store.connectors().allLeases(handle));
        for (InstanceLease lease : leases) {
            Agent agent = new Agent(lease.connector(), lease.instance());
            guarded(() -> live.leased(agent, lease.expiresAt()));
            watchLease(agent, lease.expiresAt());
        }
        evaluate(store.read(handle -> store.tunnels().all(handle)).stream()
                .map(StoredTunnel::id)
                .toList());
    }

    /** Sessions that are up now. */
    int sessions() {
        return sessions.get();
    }

    @Override
    public void opened(SessionGrant grant, String instance, String agentVersion, String remoteAddress) {
        sessions.incrementAndGet();
        changes.session(
                new Actor(grant.connector(), remoteAddress, grant.parent()),
                grant.project(),
                true,
                grant.connector(),
                instance,
                scheduler.now());
    }

    @Override
    public void carried(SessionGrant grant, String instance, Collection<String> tunnels) {
        guarded(() -> live.carried(new Agent(grant.connector(), instance), tunnels));
        evaluate(tunnels);
    }

    @Override
    public void withdrawn(SessionGrant grant, String instance, Collection<String> tunnels) {
        drop(new Agent(grant.connector(), instance), tunnels);
        evaluate(tunnels);
    }

    @Override
    public void closed(SessionGrant grant, String instance, Collection<String> tunnels) {
        sessions.decrementAndGet();
        drop(new Agent(grant.connector(), instance), tunnels);
        evaluate(tunnels);
        changes.session(
                new Actor(grant.connector(), null, grant.parent()),
                grant.project(),
                false,
                grant.connector(),
                instance,
                scheduler.now());
    }

    /** Whether an agent's session carries a tunnel now. */
    boolean carries(String tunnel) {
        return guarded(() -> live.isCarried(tunnel));
    }

    private void drop(Agent agent, Collection<String> tunnels) {
        guarded(() -> {
            live.dropped(agent, tunnels);
            for (String tunnel : tunnels) {
                if (live.carriage(tunnel, agent.connector(), scheduler.now()) != LiveState.Carriage.LIVE) {
                    probes.forget(tunnel);
                }
            }
        });
    }

    @Override
    public void endpointFailed(String tunnel, PortholeError error) {
        guarded(() -> probes.doubt(tunnel));
    }

    /**
     * The tunnel with the conditions that hold now, and when it was carried last. Inside the transaction that stores
     * it, which calls {@link #follow} after its commit.
     */
    StoredTunnel settle(StoredTunnel tunnel) {
        Instant now = scheduler.now();
        StoredTunnel settled = guarded(() -> Conditions.settle(
                tunnel, live.carriage(tunnel.id(), tunnel.connector(), now), probes.proof(tunnel.id()), now));
        return Conditions.programmed(tunnel) == Conditions.programmed(settled) ? settled : settled.activeAt(now);
    }

    /** Starts or stops probing as a tunnel's stored state wants. Short: may run as a hook after a commit. */
    void follow(StoredTunnel tunnel) {
        guarded(() -> {
            if (Conditions.programmed(tunnel)) {
                probes.begin(tunnel.id());
            } else {
                probes.forget(tunnel.id());
            }
        });
    }

    /** What was found about a tunnel counts no more: its endpoint changes. */
    void distrust(String tunnel) {
        guarded(() -> probes.forget(tunnel));
    }

    /** An agent's lease runs until then. Short: may run as a hook after a commit; {@link #agentChanged} follows. */
    void leased(String connector, String instance, Instant until) {
        Agent agent = new Agent(connector, instance);
        boolean fresh = guarded(() -> {
            boolean first = live.leaseOf(agent) == null;
            live.leased(agent, until);
            return first;
        });
        if (fresh) {
            watchLease(agent, until);
        }
    }

    /** An agent gave its lease back. Short: may run as a hook after a commit; {@link #agentChanged} follows. */
    void leaseEnded(String connector, String instance) {
        guarded(() -> live.leaseEnded(new Agent(connector, instance)));
    }

    /** Brings the conditions of what an agent carries in line with its lease. */
    void agentChanged(String connector, String instance) {
        Agent agent = new Agent(connector, instance);
        Set<String> carried = guarded(() -> live.carriedBy(agent));
        if (!carried.isEmpty()) {
            evaluate(carried);
        }
    }

    private void watchLease(Agent agent, Instant until) {
        Duration left = Duration.between(scheduler.now(), until);
        scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> leaseMayHaveEnded(agent));
    }

    private void leaseMayHaveEnded(Agent agent) {
        Instant now = scheduler.now();
        Optional<Instant> prolonged = guarded(() -> {
            Instant until = live.leaseOf(agent);
            if (until != null && !until.isAfter(now)) {
                live.leaseEnded(agent);
                live.carriedBy(agent).forEach(probes::forget);
                return Optional.<Instant>empty();
            }
            return Optional.ofNullable(until);
        });
        if (prolonged.isPresent()) {
            watchLease(agent, prolonged.get());
            return;
        }
        try {
            store.writeOnly(handle -> forgetLease(handle, agent, now));
        } catch (StoreUnavailableException away) {
            scheduler.after(OwedConditions.AGAIN, () -> leaseMayHaveEnded(agent));
            return;
        }
        agentChanged(agent.connector(), agent.instance());
    }

    private void forgetLease(Handle handle, Agent agent, Instant now) {
        boolean ended = store.connectors().leases(handle, agent.connector()).stream()
                .anyMatch(lease -> lease.instance().equals(agent.instance())
                        && !lease.expiresAt().isAfter(now));
        if (ended && store.connectors().endLease(handle, agent.connector(), agent.instance())) {
            store.connectors()
                    .find(handle, agent.connector())
                    .ifPresent(connector -> changes.observed(
                            handle,
                            connector.project(),
                            "connector.updated",
                            connector.id(),
                            views.connector(handle, connector, now),
                            now));
        }
    }

    private void evaluate(Collection<String> tunnels) {
        try {
            store.writeOnly(handle -> {
                for (String id : tunnels) {
                    store.tunnels().find(handle, id).ifPresent(tunnel -> store(handle, tunnel));
                }
            });
        } catch (StoreUnavailableException away) {
            owed.owe(tunnels, away);
        }
    }

    private void store(Handle handle, StoredTunnel before) {
        Instant now = scheduler.now();
        StoredTunnel settled = settle(before);
        if (!settled.conditions().equals(before.conditions())) {
            StoredTunnel next = settled.next();
            store.tunnels().update(handle, next);
            changes.observed(handle, next.project(), "tunnel.updated", next.id(), views.tunnel(next), now);
        }
        handle.afterCommit(() -> follow(settled));
    }

    /** One attempt, on a virtual thread. */
    private void probe(Probes.Probing probing) {
        if (!guarded(() -> probes.current(probing))) {
            return;
        }
        Optional<StoredTunnel> tunnel = store.read(handle -> store.tunnels().find(handle, probing.tunnel()));
        if (tunnel.isEmpty()) {
            guarded(() -> probes.forget(probing.tunnel()));
            return;
        }
        ProbeResult result = named(prober.probe(ports.route(tunnel.get())));
        boolean news = guarded(() -> {
            boolean current = probes.current(probing);
            if (current) {
                probes.found(probing, result);
            }
            return current;
        });
        if (news) {
            evaluate(List.of(probing.tunnel()));
        }
    }

    /** With the program that has a port, where the system tells. */
    private static ProbeResult named(ProbeResult result) {
        return result instanceof ProbeResult.PortTaken taken
                ? new ProbeResult.PortTaken(taken.port(), PortHolder.of(taken.port()))
                : result;
    }

    private void guarded(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T guarded(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
