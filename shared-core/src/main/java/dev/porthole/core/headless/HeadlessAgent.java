package dev.porthole.core.headless;

import dev.porthole.core.Link;
import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.agent.SurroundingsWatch;
import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.EventStream;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ProjectEvent;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.observe.Subscription;
import dev.porthole.core.traffic.TrafficBook;
import dev.porthole.core.tunnel.ConnectorControl;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Carries an external connector's tunnels for as long as its credential is good: learns from the control plane which
 * they are, and follows as they change.
 */
public final class HeadlessAgent {
    /** Told what becomes of it, on several threads. */
    public interface Listener {
        /** The server knows the credential. */
        void recognised(ConnectorState state);

        /** The server gives no answer, and is asked again. */
        void waiting(String reason);

        /** Serves a tunnel from now on, or serves it at another endpoint or address. */
        void carries(Tunnel tunnel);

        /** Serves a tunnel no more. */
        void drops(Tunnel tunnel);

        /** A tunnel is not served, because its endpoint may not be dialled from here. */
        void declined(Tunnel tunnel, String why);

        /** How it is connected. */
        void link(Link link);

        /** This one, then another. */
        default Listener and(Listener next) {
            return new Both(this, next);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(HeadlessAgent.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ControlPlaneClient client;
    private final String version;
    private final EndpointsAllowed allowed;
    private final AgentTime time;
    private final Listener listener;
    private final TrafficBook traffic;
    private final AtomicReference<@Nullable Agent> running = new AtomicReference<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * @param client shows the connector's credential
     * @param version Porthole's own, such as {@code 0.1.0}
     */
    public HeadlessAgent(
            ControlPlaneClient client, String version, EndpointsAllowed allowed, AgentTime time, Listener listener) {
        this.client = client;
        this.version = version;
        this.allowed = allowed;
        this.time = time;
        this.listener = listener;
        this.traffic = new TrafficBook(time, time::after);
    }

    /** What passes through what it carries. */
    public TrafficBook traffic() {
        return traffic;
    }

    /** Completes once it has shown that it is not stuck: before it knows what to carry, at once. */
    public CompletableFuture<Void> pulse() {
        Agent agent = running.get();
        return agent == null ? CompletableFuture.completedFuture(null) : agent.pulse();
    }

    /**
     * Runs until it is interrupted, or the server refuses the credential for good. In the end its sessions are closed
     * in order: edges are told first, and what runs has a moment to finish.
     *
     * @throws ProblemException what the server said: 401 for a credential that is no good (any more)
     * @throws InterruptedException when it was told to stop, and has stopped
     */
    public void run() throws ProblemException, InterruptedException {
        ConnectorState state = recognised();
        listener.recognised(state);
        String connector = state.connector().id();
        try (Agent agent = new Agent(
                        AgentConfig.of(client.server().base(), connector, version),
                        new ConnectorControl(client, state.project().id(), connector),
                        new InMemory(),
                        time,
                        RandomGenerator.getDefault(),
                        traffic);
                SurroundingsWatch _ = SurroundingsWatch.start(time, agent::wake);
                Subscription _ = agent.link().subscribe(this::linkIs)) {
            running.set(agent);
            OwnTunnels tunnels = new OwnTunnels(agent, allowed, listener);
            tunnels.are(state.tunnels());
            agent.connect();
            try (EventStream _ = EventStream.ofConnector(client, new Changes(tunnels))) {
                over.get();
            }
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException(refused);
        }
    }

    private ConnectorState recognised() throws ProblemException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            boolean refused = false;
            try {
                return client.connectorState();
            } catch (ProblemException problem) {
                if (!mayPass(problem.status())) {
                    throw problem;
                }
                listener.waiting(String.valueOf(problem.getMessage()));
            } catch (IOException unreachable) {
                refused = unreachable instanceof ConnectException;
                listener.waiting("the server at " + client.server() + " can't be reached: "
                        + (unreachable.getMessage() == null ? unreachable : unreachable.getMessage()));
            }
            try {
                // A closed port costs nobody anything: the server is on its way up.
                time.after(refused ? FIRST_PAUSE : pause).get();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Whether the same request may be answered otherwise later. */
    private static boolean mayPass(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    private void linkIs(Link link) {
        listener.link(link);
        if (link instanceof Link.SignInNeeded needed) {
            over.completeExceptionally(new ProblemException(
                    new Problem("/problems/unauthenticated", "The credential is refused", 401, needed.reason(), null)));
        }
    }

    /** One thread: the event stream's. */
    private final class Changes implements EventStream.Listener {
        private final OwnTunnels tunnels;

        Changes(OwnTunnels tunnels) {
            this.tunnels = tunnels;
        }

        @Override
        public void connected() throws ProblemException, IOException, InterruptedException {
            tunnels.are(client.connectorState().tunnels());
        }

        @Override
        public void event(ProjectEvent event) {
            JsonNode data = event.data();
            if (data == null || data.isNull()) {
                tunnels.gone(event.resource());
                return;
            }
            try {
                tunnels.wanted(ApiJson.LENIENT.treeToValue(data, Tunnel.class));
            } catch (JacksonException broken) {
                LOG.warn("{} is not understood: {}", event.type(), broken.getOriginalMessage());
            }
        }

        @Override
        public void interrupted(IOException reason) {
            LOG.debug("events: {}", reason.getMessage());
        }

        @Override
        public void refused(ProblemException problem) {
            over.completeExceptionally(problem);
        }
    }

    /** A connect token needs no file: the credential gives another one. */
    private static final class InMemory implements ConnectTokenStore {
        private Optional<ConnectToken> token = Optional.empty();

        @Override
        public Optional<ConnectToken> load() {
            return token;
        }

        @Override
        public void save(ConnectToken fresh) {
            token = Optional.of(fresh);
        }

        @Override
        public void clear() {
            token = Optional.empty();
        }
    }
}
