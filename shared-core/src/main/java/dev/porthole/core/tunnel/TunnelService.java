package dev.porthole.core.tunnel;

import dev.porthole.core.Link;
import dev.porthole.core.MadeTunnel;
import dev.porthole.core.ShareProgress;
import dev.porthole.core.TunnelState;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.api.TunnelAddress;
import dev.porthole.core.api.TunnelRequest;
import dev.porthole.core.api.TunnelUpdate;
import dev.porthole.core.config.FileWatch;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import dev.porthole.core.traffic.TrafficBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnels of one sign-in: those of the active project as they are now, those that this process carries, and what
 * can be done with them.
 *
 * <p>Safe from any thread; what asks the server blocks.
 */
public final class TunnelService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelService.class);

    private final ControlPlaneClient client;
    private final AgentTime time;
    private final Function<String, ConnectTokenStore> tokens;
    private final Duration hintAfter;
    private final RunningTunnels running;
    private final SharedFolders folders;
    private final TrafficBook traffic;
    private final Carrying carrying;
    private final ProjectAgents agents;
    private final ProjectFeeds feeds;
    private final CarryAgain carryAgain;
    private final Keepers keepers;
    private final Handover handover;
    private final Set<String> starting = ConcurrentHashMap.newKeySet();
    private final Observed<List<TunnelState>> tunnels = new Observed<>(List.of());
    private final Observed<Link> link = new Observed<>(new Link.Idle());
    private final Observed<ProjectNews> news = new Observed<>(ProjectNews.NONE);
    private volatile @Nullable String active;
    private volatile boolean keeping;
    private volatile @Nullable FileWatch others;

    /**
     * @param tokens where a connector (by its id) keeps its connect token
     * @param choices what is chosen for endpoints now
     * @param running the file that tells the next start what to carry again
     * @param sharedFolders the file that tells which folders this computer's user has shared
     * @param traffic counts what passes
     * @param refused told when the server does not let a project be followed
     * @param hintAfter when a share says what hangs
     */
    public TunnelService(
            ControlPlaneClient client,
            Device device,
            Function<String, ConnectTokenStore> tokens,
            EndpointChoices choices,
            Path running,
            Path sharedFolders,
            AgentTime time,
            TrafficBook traffic,
            Consumer<ProblemException> refused,
            Duration hintAfter) {
        this.client = client;
        this.time = time;
        this.tokens = tokens;
        this.traffic = traffic;
        this.hintAfter = hintAfter;
        this.running = new RunningTunnels(running);
        this.feeds = new ProjectFeeds(client, refused, this::refresh, this::heard);
        this.folders = new SharedFolders(sharedFolders);
        this.carrying = new Carrying(running.resolveSibling("carrying"));
        this.agents =
                new ProjectAgents(client, device, tokens, folders, choices, time, traffic, carrying, this::refresh);
        this.carryAgain = new CarryAgain(client, feeds, agents, this.running, time);
        this.keepers = new Keepers(running.resolveSibling("keeping"));
        this.handover = new Handover(client, device, this.running, keepers, time);
    }

    /** The active project's tunnels, and those of other projects that this process carries. */
    public Observable<List<TunnelState>> tunnels() {
        return tunnels;
    }

    /** How this computer is connected. */
    public Observable<Link> link() {
        return link;
    }

    /** What was heard last of the active project. */
    public Observable<ProjectNews> news() {
        return news;
    }

    private void heard(String project, String type) {
        if (project.equals(active)) {
            news.update(last -> last.next(type));
        }
    }

    /** Shows this project's tunnels from now on; null for none. What runs in others goes on. */
    public void follow(@Nullable String project) {
        active = project;
        Set<String> carrying = agents.all().keySet();
        feeds.keepOnly(followed -> followed.equals(project) || carrying.contains(followed));
        if (project != null) {
            ProjectFeed _ = feeds.of(project);
        }
        news.update(last -> last.next(""));
        refresh();
    }

    /** Takes this project's tunnels for those that are meant, without following what becomes of them; null for none. */
    public void lookAt(@Nullable String project) {
        active = project;
    }

    /** Asks the server once. */
    public List<TunnelState> list(String project) throws ProblemException, IOException, InterruptedException {
        return client.tunnels(project).stream().map(this::state).toList();
    }

    /** The tunnel that a project has for an endpoint, if it is on and another process of this home carries it. */
    public Optional<TunnelState> carriedBesides(String project, Endpoint endpoint)
            throws ProblemException, IOException, InterruptedException {
        if (!carrying.mayBeElsewhere()) {
            return Optional.empty();
        }
        return list(project).stream()
                .filter(state -> state.tunnel().enabled()
                        && state.tunnel().endpoint().equals(endpoint)
                        && carrying.elsewhere(state.tunnel().id()))
                .findFirst();
    }

    /** Shares what the request says, and returns once it is ready. */
    public TunnelState share(String project, TunnelRequest request, Consumer<? super ShareProgress> progress)
            throws ProblemException, IOException, InterruptedException {
        allow(request.endpoint());
        ShareFlow flow = flow(project, progress);
        return carry(flow, flow.accept(request));
    }

    /** Makes what the request says, or finds it; carries nothing. */
    public MadeTunnel create(String project, TunnelRequest request)
            throws ProblemException, IOException, InterruptedException {
        if (request.connector() == null) {
            allow(request.endpoint());
        }
        TunnelRequest sayable = PortsWanted.of(request).sayable(request, client);
        ControlPlaneClient.Created<Tunnel> made = client.createTunnel(project, sayable);
        feeds.learn(made.value());
        return new MadeTunnel(state(made.value()), made.isNew());
    }

    /** Turns a tunnel on where another program carries it: an external agent, or this computer's running app. */
    public TunnelState enableElsewhere(String id) throws ProblemException, IOException, InterruptedException {
        Tunnel tunnel = find(id);
        ProjectFeed feed = feeds.of(tunnel.project());
        Tunnel on = handover.hand(tunnel, feed);
        feed.learn(on);
        return state(on);
    }

    /** Turns a tunnel on again, and returns once it is ready. */
    public TunnelState enable(String id, Consumer<? super ShareProgress> progress)
            throws ProblemException, IOException, InterruptedException {
        Tunnel tunnel = find(id);
        return carry(flow(tunnel.project(), progress), tunnel);
    }

    /** Changes label, endpoint or Host header; a running one serves by the new ones from then on. */
    public TunnelState update(String id, TunnelUpdate update)
            throws ProblemException, IOException, InterruptedException {
        Tunnel tunnel = find(id);
        allow(update.endpoint());
        Tunnel changed = client.updateTunnel(tunnel.project(), id, update, null);
        Optional<ProjectAgent> agent = agents.existing(tunnel.project());
        if (agent.isPresent() && agent.get().carries(id)) {
            agent.get().carry(changed);
        }
        feeds.learn(changed);
        return state(changed);
    }

    /** Reaches it there from now on, if the server can. */
    public TunnelState reach(String id, TunnelAddress address, boolean visibleInNetwork)
            throws ProblemException, IOException, InterruptedException {
        TunnelRequest like = new TunnelRequest(null, null, null, null, null, address, visibleInNetwork);
        TunnelRequest _ = PortsWanted.of(like).sayable(like, client);
        return update(id, TunnelUpdate.reach(address, visibleInNetwork));
    }

    /** Whether this computer keeps a credential to connect with, as a connector (id). */
    public boolean hasCredential(String connector) throws IOException {
        return tokens.apply(connector).load().isPresent();
    }

    /** What was chosen for endpoints is another: what runs here goes by it. */
    public void carryAsChosen() {
        for (TunnelState state : current()) {
            Tunnel tunnel = state.tunnel();
            agents.existing(tunnel.project())
                    .filter(agent -> agent.carries(tunnel.id()))
                    .ifPresent(agent -> agent.carryAsChosen(tunnel));
        }
    }

    /** Turns a tunnel off. */
    public void stop(String id) throws ProblemException, IOException, InterruptedException {
        Tunnel tunnel = find(id);
        running.remove(tunnel.project(), id);
        // The server first: visitors get its page for tunnels that are off, not the agent's 403.
        feeds.learn(client.updateTunnel(tunnel.project(), id, TunnelUpdate.disable(), null));
        agents.drop(tunnel.project(), id);
    }

    /** Removes a tunnel. */
    public void delete(String id) throws ProblemException, IOException, InterruptedException {
        Tunnel tunnel = find(id);
        running.remove(tunnel.project(), id);
        client.deleteTunnel(tunnel.project(), id);
        agents.drop(tunnel.project(), id);
        feeds.existing(tunnel.project()).ifPresent(feed -> feed.forget(id));
        folders.forget(tunnel.endpoint());
        traffic.forget(id);
    }

    /** Carries again what ran before, in the background, and remembers from now on. */
    public void keep() {
        if (!keeping) {
            keeping = true;
            carryAgain.start();
            followOthers();
            // Only now: what someone hands over is followed.
            keepers.begin();
        }
    }

    /** What another program of this computer wants carried, it writes down. */
    private void followOthers() {
        try {
            others = FileWatch.start(running.path(), carryAgain::start);
        } catch (IOException unwatched) {
            LOG.warn("what commands turn on is not taken up: {}", unwatched.getMessage());
        }
    }

    /**
     * Turns off whatever this process carries and no other process of this home, within a second.
     *
     * @return the labels of those that the server has not confirmed to be off; their leases end by themselves
     */
    public List<String> stopAll() {
        List<TunnelState> carried = current().stream()
                .filter(state ->
                        state.here() && !carrying.elsewhere(state.tunnel().id()))
                .toList();
        Set<String> stopped = ConcurrentHashMap.newKeySet();
        List<Thread> stopping = new ArrayList<>();
        for (TunnelState state : carried) {
            String id = state.tunnel().id();
            stopping.add(Thread.ofVirtual().name("stop-" + id).start(() -> {
                try {
                    stop(id);
                    stopped.add(id);
                } catch (ProblemException | IOException | InterruptedException failed) {
                    LOG.info("tunnel {} could not be turned off: {}", id, failed.getMessage());
                }
            }));
        }
        joinAll(stopping, Duration.ofSeconds(1));
        return carried.stream()
                .map(TunnelState::tunnel)
                .filter(tunnel -> !stopped.contains(tunnel.id()))
                .map(Tunnel::label)
                .toList();
    }

    private static void joinAll(List<Thread> threads, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Someone signed in again with the same account. */
    public void credentialsRenewed() {
        feeds.reopen();
        agents.credentialsRenewed();
        if (keeping) {
            carryAgain.start();
        }
    }

    @Override
    public void close() {
        FileWatch watch = others;
        if (watch != null) {
            watch.close();
        }
        keepers.close();
        carryAgain.close();
        feeds.close();
        agents.close();
    }

    /** What the user names is what the user shares. */
    private void allow(@Nullable Endpoint endpoint) throws IOException {
        if (endpoint != null) {
            folders.allow(endpoint);
        }
    }

    private ShareFlow flow(String project, Consumer<? super ShareProgress> progress) {
        return new ShareFlow(client, project, feeds.of(project), agents, time, hintAfter, progress);
    }

    private TunnelState carry(ShareFlow flow, Tunnel accepted)
            throws ProblemException, IOException, InterruptedException {
        starting.add(accepted.id());
        try {
            Tunnel ready = flow.carry(accepted);
            if (keeping) {
                running.add(ready.project(), ready.id());
            }
            return state(ready);
        } finally {
            starting.remove(accepted.id());
            refresh();
        }
    }

    private Tunnel find(String id) throws ProblemException, IOException, InterruptedException {
        Optional<Tunnel> known = feeds.find(id);
        if (known.isPresent()) {
            return known.get();
        }
        String project = active;
        if (project == null) {
            throw ProblemException.notFound("tunnel: " + id + " (expected: the id of a tunnel of the active project)");
        }
        return client.tunnel(project, id);
    }

    private TunnelState state(Tunnel tunnel) {
        Optional<ProjectAgent> agent = agents.existing(tunnel.project());
        boolean here = agent.isPresent() && agent.get().carries(tunnel.id());
        Link linkNow = agent.isPresent() ? agent.get().agent().link().get() : new Link.Idle();
        TunnelState state = TunnelPhase.of(tunnel, here, starting.contains(tunnel.id()), linkNow);
        return here ? state.with(agent.get().agent().blockedHosts().get().get(tunnel.id())) : state;
    }

    /** Something changed: says what is true now. */
    private void refresh() {
        link.update(_ -> agents.link());
        tunnels.update(_ -> current());
    }

    private List<TunnelState> current() {
        String shown = active;
        List<TunnelState> ofActive = new ArrayList<>();
        List<TunnelState> elsewhere = new ArrayList<>();
        feeds.all().forEach((project, feed) -> {
            List<TunnelState> states = feed.view().get().tunnels().values().stream()
                    .map(this::state)
                    .toList();
            if (project.equals(shown)) {
                ofActive.addAll(states);
            } else {
                states.stream().filter(TunnelState::here).forEach(elsewhere::add);
            }
        });
        ofActive.addAll(elsewhere);
        return List.copyOf(ofActive);
    }
}
