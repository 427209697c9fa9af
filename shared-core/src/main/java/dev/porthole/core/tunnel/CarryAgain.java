package dev.porthole.core.tunnel;

import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelUpdate;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what ran before, as it was: on a thread of its own, for as long as the server can't be reached. A tunnel that
 * someone turned off in the meantime stays off.
 */
final class CarryAgain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CarryAgain.class);
    private static final Duration LEAST_BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration MOST_BETWEEN_TRIES = Duration.ofSeconds(30);

    private final ControlPlaneClient client;
    private final ProjectFeeds feeds;
    private final ProjectAgents agents;
    private final RunningTunnels running;
    private final AgentTime time;
    private @Nullable Thread thread;
    private boolean closed;

    CarryAgain(
            ControlPlaneClient client,
            ProjectFeeds feeds,
            ProjectAgents agents,
            RunningTunnels running,
            AgentTime time) {
        this.client = client;
        this.feeds = feeds;
        this.agents = agents;
        this.running = running;
        this.time = time;
    }

    /** Begins, or begins again. Returns at once. */
    synchronized void start() {
        stop();
        if (!closed) {
            thread = Thread.ofVirtual().name("carry-again").start(this::run);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    private synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        Duration pause = LEAST_BETWEEN_TRIES;
        try {
            while (true) {
                try {
                    carryAll();
                    return;
                } catch (IOException unreachable) {
                    LOG.info("what ran before is not carried again yet: {}", unreachable.getMessage());
                    boolean refused = unreachable instanceof ConnectException;
                    time.after(refused ? LEAST_BETWEEN_TRIES : pause).get();
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException | ExecutionException stopped) {
            LOG.trace("no longer carried again", stopped);
        }
    }

    private void carryAll() throws IOException, InterruptedException {
        for (Map.Entry<String, Set<String>> kept : running.read().entrySet()) {
            for (String id : kept.getValue()) {
                carry(kept.getKey(), id);
            }
        }
    }

    /** Does not wait for it to be ready. */
    private void carry(String project, String id) throws IOException, InterruptedException {
        if (agents.carries(project, id)) {
            return;
        }
        try {
            Tunnel tunnel = client.tunnel(project, id);
            feeds.of(project).learn(tunnel);
            if (!tunnel.enabled()) {
                running.remove(project, id);
                return;
            }
            ProjectAgent agent = agents.carry(tunnel);
            agent.agent().connect();
            feeds.of(project).learn(client.updateTunnel(project, id, TunnelUpdate.enable(agent.connector()), null));
            agent.agent().announceAgain();
        } catch (ProblemException problem) {
            LOG.info("tunnel {} is not carried again: {}", id, problem.getMessage());
            if (problem.status() == 404) {
                running.remove(project, id);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(MOST_BETWEEN_TRIES) < 0 ? twice : MOST_BETWEEN_TRIES;
    }
}
