package dev.porthole.server.control;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which agents' sessions carry which tunnels, and how long those agents count as alive. In memory only: after a restart
 * agents announce again. Not thread-safe; {@link Readiness} guards it.
 */
final class LiveState {
    /** One running agent of a connector. */
    record Agent(String connector, String instance) {}

    /** What can be said of a tunnel's way to its agent. */
    enum Carriage {
        LIVE,
        LEASE_EXPIRED,
        NO_SESSION
    }

    /** Sessions that carry a tunnel, counted by agent: an agent may have two. */
    private final Map<String, Map<Agent, Integer>> carriers = new HashMap<>();

    private final Map<Agent, Instant> leases = new HashMap<>();

    void carried(Agent agent, Collection<String> tunnels) {
        for (String tunnel : tunnels) {
            carriers.computeIfAbsent(tunnel, id -> new HashMap<>()).merge(agent, 1, Integer::sum);
        }
    }

    void dropped(Agent agent, Collection<String> tunnels) {
        for (String tunnel : tunnels) {
            carriers.computeIfPresent(tunnel, (id, agents) -> {
                agents.computeIfPresent(agent, (one, sessions) -> sessions == 1 ? null : sessions - 1);
                return agents.isEmpty() ? null : agents;
            });
        }
    }

    boolean isCarried(String tunnel) {
        return carriers.containsKey(tunnel);
    }

    /** Prolongs a lease; an answer that was overtaken never shortens it. */
    void leased(Agent agent, Instant until) {
        leases.merge(agent, until, (old, now) -> now.isAfter(old) ? now : old);
    }

    void leaseEnded(Agent agent) {
        leases.remove(agent);
    }

    @Nullable
    Instant leaseOf(Agent agent) {
        return leases.get(agent);
    }

    Carriage carriage(String tunnel, @Nullable String connector, Instant now) {
        boolean carried = false;
        for (Agent agent : carriers.getOrDefault(tunnel, Map.of()).keySet()) {
            if (agent.connector().equals(connector)) {
                carried = true;
                Instant until = leases.get(agent);
                if (until != null && until.isAfter(now)) {
                    return Carriage.LIVE;
                }
            }
        }
        return carried ? Carriage.LEASE_EXPIRED : Carriage.NO_SESSION;
    }

    /** The tunnels that an agent's sessions carry. */
    Set<String> carriedBy(Agent agent) {
        Set<String> tunnels = new HashSet<>();
        carriers.forEach((tunnel, agents) -> {
            if (agents.containsKey(agent)) {
                tunnels.add(tunnel);
            }
        });
        return tunnels;
    }
}
