package dev.porthole.server.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The live sessions of this edge, by the tunnels that they carry. Event loop only. */
public final class Sessions {
    private final Set<AgentSession> all = new HashSet<>();
    private final Map<String, List<AgentSession>> byTunnel = new HashMap<>();
    private final Map<String, List<Consumer<AgentSession>>> waiting = new HashMap<>();
    private int allWaiting;

    /**
     * The session with the fewest open streams of those that carry a tunnel and take new ones. One whose agent owes an
     * answer to a PING is taken only if there is no other.
     */
    public @Nullable AgentSession leastLoaded(String tunnel) {
        AgentSession best = null;
        for (AgentSession session : byTunnel.getOrDefault(tunnel, List.of())) {
            if (session.takesStreams(tunnel) && (best == null || isBetter(session, best))) {
                best = session;
            }
        }
        return best;
    }

    private static boolean isBetter(AgentSession one, AgentSession other) {
        boolean doubtful = one.isDoubtful();
        return doubtful == other.isDoubtful() ? one.load() < other.load() : !doubtful;
    }

    /** Whether a tunnel's sessions all have as many streams as they take. */
    public boolean isBusy(String tunnel) {
        List<AgentSession> carriers = byTunnel.getOrDefault(tunnel, List.of());
        return carriers.stream().anyMatch(AgentSession::isLive)
                && carriers.stream().noneMatch(session -> session.takesStreams(tunnel));
    }

    /**
     * Whether one more may {@link #await} a tunnel.
     *
     * @param most those that may wait for any tunnel
     * @param mostForTunnel those that may wait for this one
     */
    public boolean hasRoomToWait(String tunnel, int most, int mostForTunnel) {
        return allWaiting < most && waiting.getOrDefault(tunnel, List.of()).size() < mostForTunnel;
    }

    /**
     * Calls back once, as soon as a session carries the tunnel.
     *
     * @return stops waiting
     */
    public Runnable await(String tunnel, Consumer<AgentSession> callback) {
        waiting.computeIfAbsent(tunnel, key -> new ArrayList<>()).add(callback);
        allWaiting++;
        return () -> waiting.computeIfPresent(tunnel, (key, callbacks) -> {
            if (callbacks.remove(callback)) {
                allWaiting--;
            }
            return callbacks.isEmpty() ? null : callbacks;
        });
    }

    /** Every session, those that carry nothing included. */
    public Collection<AgentSession> all() {
        return List.copyOf(all);
    }

    void add(AgentSession session) {
        all.add(session);
    }

    void carry(AgentSession session, Collection<String> tunnels) {
        for (String tunnel : tunnels) {
            List<AgentSession> carriers = byTunnel.computeIfAbsent(tunnel, key -> new ArrayList<>());
            if (!carriers.contains(session)) {
                carriers.add(session);
            }
        }
        for (String tunnel : tunnels) {
            List<Consumer<AgentSession>> callbacks = waiting.remove(tunnel);
            if (callbacks != null) {
                allWaiting -= callbacks.size();
                callbacks.forEach(callback -> callback.accept(session));
            }
        }
    }

    void withdraw(AgentSession session, Collection<String> tunnels) {
        for (String tunnel : tunnels) {
            byTunnel.computeIfPresent(tunnel, (key, carriers) -> {
                carriers.remove(session);
                return carriers.isEmpty() ? null : carriers;
            });
        }
    }

    void remove(AgentSession session, Collection<String> tunnels) {
        withdraw(session, tunnels);
        all.remove(session);
    }
}
