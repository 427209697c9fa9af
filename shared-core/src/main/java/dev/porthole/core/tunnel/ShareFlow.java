package dev.porthole.core.tunnel;

import dev.porthole.core.Link;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.ShareProgress.Stage;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ControlException;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Discovery;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import dev.porthole.core.api.Problem;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.observe.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One share, from an endpoint to an address that answers: create or reuse, register the connector, put the tunnel on
 * the allow-list, heartbeat and session, enable, wait until ready. In this order, so that the first request already
 * finds everything in place.
 *
 * <p>One thread, which is interrupted to give up; then the tunnel is disabled.
 */
final class ShareFlow {
    private static final Logger LOG = LoggerFactory.getLogger(ShareFlow.class);

    private final ControlPlaneClient client;
    private final String project;
    private final ProjectFeed feed;
    private final ProjectAgents agents;
    private final ShareSteps steps;
    private final AgentTime time;
    private final Duration hintAfter;
    private final BlockingQueue<Boolean> news = new LinkedBlockingQueue<>();
    private CompletableFuture<Void> patience;

    /** {@code hintAfter}: when to say what hangs, since a step began. */
    ShareFlow(
            ControlPlaneClient client,
            String project,
            ProjectFeed feed,
            ProjectAgents agents,
            AgentTime time,
            Duration hintAfter,
            Consumer<? super ShareProgress> progress) {
        this.client = client;
        this.project = project;
        this.feed = feed;
        this.agents = agents;
        this.time = time;
        this.hintAfter = hintAfter;
        this.steps = new ShareSteps(time, progress);
        this.patience = patience();
    }

    /** Takes the tunnel that the project has for the endpoint, with Host header and address as wanted, or makes one. */
    Tunnel accept(TunnelRequest request) throws ProblemException, IOException, InterruptedException {
        PortsWanted ports = PortsWanted.of(request);
        TunnelRequest sayable = ports.sayable(understood(request), client);
        Tunnel tunnel = client.createTunnel(project, sayable).value();
        Endpoint endpoint = request.endpoint();
        if (endpoint != null && !endpoint.equals(tunnel.endpoint())) {
            throw new ProblemException(new Problem(
                    "about:blank",
                    "The server answered for another endpoint",
                    502,
                    "endpoint: the server answered with " + tunnel.endpoint() + " (expected: " + endpoint + ")",
                    null));
        }
        HostHeader wanted = request.hostHeader();
        if (wanted != null && !wanted.equals(tunnel.hostHeader())) {
            tunnel = client.updateTunnel(project, tunnel.id(), TunnelUpdate.show(wanted), null);
        }
        if (ports.differFrom(tunnel)) {
            tunnel = client.updateTunnel(
                    project, tunnel.id(), TunnelUpdate.reach(ports.address(), ports.visibleInNetwork()), null);
        }
        feed.learn(tunnel);
        return tunnel;
    }

    /** A server that does not know quick shares keeps them. */
    private TunnelRequest understood(TunnelRequest request) throws ProblemException, IOException, InterruptedException {
        boolean known = request.quick() == null
                || ControlPlaneClient.discover(client.server()).capabilities().contains(Discovery.QUICK);
        return known ? request : request.kept();
    }

    /** Carries an accepted tunnel and returns it once it is ready. */
    Tunnel carry(Tunnel tunnel) throws ProblemException, IOException, InterruptedException {
        steps.addressIs(tunnel.url());
        reach(Stage.CONNECTED);
        boolean wasCarried = agents.carries(project, tunnel.id());
        ProjectAgent agent = agents.carry(tunnel);
        try {
            agent.agent().connect();
            awaitRegistered(agent);
            reach(Stage.ROUTED);
            feed.learn(client.updateTunnel(project, tunnel.id(), TunnelUpdate.enable(agent.connector()), null));
            agent.agent().announceAgain();
            return awaitReady(tunnel.id(), agent);
        } catch (CancellationException ended) {
            // Its agent carries nothing any more.
            throw turnedOff();
        } catch (ProblemException | IOException | InterruptedException failed) {
            if (!wasCarried || failed instanceof InterruptedException) {
                giveUp(tunnel);
            }
            throw failed;
        } finally {
            patience.cancel(false);
        }
    }

    /** A step begins, unless it is behind already; its patience is its own. */
    private void reach(Stage next) {
        if (steps.stage().compareTo(next) < 0) {
            steps.reach(next);
            patience.cancel(false);
            patience = patience();
        }
    }

    private CompletableFuture<Void> patience() {
        CompletableFuture<Void> over = time.after(hintAfter);
        over.thenRun(() -> news.add(true));
        return over;
    }

    private void awaitRegistered(ProjectAgent agent) throws ProblemException, IOException, InterruptedException {
        CompletableFuture<Void> registered = agent.agent().registered();
        registered.whenComplete((_, _) -> news.add(true));
        try (Subscription _ = agent.agent().link().subscribe(_ -> news.add(true))) {
            while (!registered.isDone()) {
                boolean _ = news.take();
                if (patience.isDone() && !registered.isDone()) {
                    steps.waiting(linkHint(agent.agent().link().get()));
                }
            }
            registered.get();
        } catch (ExecutionException failed) {
            throw asProblem(failed);
        }
    }

    private Tunnel awaitReady(String id, ProjectAgent agent)
            throws ProblemException, IOException, InterruptedException {
        try (Subscription _ = feed.view().subscribe(_ -> news.add(true));
                Subscription _ = agent.agent().link().subscribe(_ -> news.add(true))) {
            while (true) {
                boolean _ = news.take();
                ProjectFeed.View view = feed.view().get();
                if (view.refusal().isPresent()) {
                    throw new ProblemException(view.refusal().get().problem());
                }
                Tunnel tunnel = stillWanted(view.tunnel(id));
                if (tunnel.ready()) {
                    steps.finish();
                    return tunnel;
                }
                advance(tunnel);
                if (patience.isDone()) {
                    steps.waiting(hint(tunnel, agent.agent().link().get()));
                }
            }
        }
    }

    private void advance(Tunnel tunnel) {
        if (tunnel.condition(Condition.Type.Programmed).filter(Condition::holds).isEmpty()) {
            return;
        }
        reach(Stage.ENDPOINT);
        if (TunnelPhase.endpointIsDown(tunnel)) {
            // No need for patience: the person can do something about it.
            steps.waiting(TunnelPhase.message(tunnel, Condition.Type.Ready));
        } else if (tunnel.condition(Condition.Type.Ready)
                .filter(ready -> ready.status() == Condition.Status.False)
                .isPresent()) {
            reach(Stage.ANSWERING);
            steps.waiting(TunnelPhase.message(tunnel, Condition.Type.Ready));
        }
    }

    private String hint(Tunnel tunnel, Link link) {
        return switch (steps.stage()) {
            case ACCEPTED, CONNECTED -> linkHint(link);
            case ROUTED -> {
                String said = TunnelPhase.message(tunnel, Condition.Type.Programmed);
                yield link instanceof Link.Connected
                        ? otherwise(said, "Connected; the server has not taken the route yet.")
                        : linkHint(link);
            }
            case ENDPOINT ->
                otherwise(
                        TunnelPhase.message(tunnel, Condition.Type.Ready),
                        "The server is trying whether " + tunnel.endpoint() + " answers.");
            case ANSWERING ->
                otherwise(
                        TunnelPhase.message(tunnel, Condition.Type.Ready),
                        "No request has come through the address yet.");
        };
    }

    private static String linkHint(Link link) {
        return switch (link) {
            case Link.Idle _ -> "Not connected to the server yet.";
            case Link.Connecting _ -> "Still connecting to the server.";
            case Link.Connected _ -> "Connected; the server has not confirmed this computer yet.";
            case Link.Reconnecting again -> again.reason();
            case Link.SignInNeeded needed -> needed.reason();
        };
    }

    private static String otherwise(String said, String otherwise) {
        return said.isEmpty() ? otherwise : said;
    }

    private static Tunnel stillWanted(Optional<Tunnel> tunnel) throws ProblemException {
        if (tunnel.isEmpty()) {
            throw ProblemException.notFound("The tunnel was deleted while it was starting.");
        }
        if (!tunnel.get().enabled()) {
            throw turnedOff();
        }
        return tunnel.get();
    }

    private static ProblemException turnedOff() {
        return new ProblemException(new Problem(
                "/problems/turned-off", "Turned off", 409, "The tunnel was turned off while it was starting.", null));
    }

    /** Nothing is to be left that looks enabled and is not served. */
    private void giveUp(Tunnel tunnel) {
        agents.drop(project, tunnel.id());
        // On a thread of its own: this one may have been interrupted, and may be so again.
        Thread disabling = Thread.ofVirtual().name("disable-" + tunnel.id()).start(() -> {
            try {
                feed.learn(client.updateTunnel(project, tunnel.id(), TunnelUpdate.disable(), null));
            } catch (ProblemException | IOException | InterruptedException failed) {
                // The lease ends by itself, and with it the route.
                LOG.info("tunnel {} could not be turned off: {}", tunnel.id(), failed.getMessage());
            }
        });
        try {
            disabling.join(Duration.ofSeconds(3));
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProblemException asProblem(ExecutionException failed) throws IOException {
        if (!(failed.getCause() instanceof ControlException refused)) {
            throw new IOException("connecting failed", failed);
        }
        String text = refused.reason().text();
        return switch (refused.reason()) {
            case ControlException.Reason.Unauthorized _ -> ProblemException.signInAgain(text);
            case ControlException.Reason.Gone _ -> ProblemException.notFound(text);
            case ControlException.Reason.Refused no ->
                new ProblemException(new Problem("about:blank", text, no.status(), null, null));
            case ControlException.Reason.Unreachable _ -> throw new IOException(text, refused);
        };
    }
}
