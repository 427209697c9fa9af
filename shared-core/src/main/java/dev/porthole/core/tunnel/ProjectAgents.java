package dev.porthole.core.tunnel;

import dev.porthole.core.Link;
import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentConfig;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.ConnectTokenStore;
import dev.porthole.core.agent.SurroundingsWatch;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.ConnectorRegistration;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.traffic.TrafficBook;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** This device's agents, one a project: it has a connector in each project that it carries something of. */
final class ProjectAgents implements AutoCloseable {
    private final ControlPlaneClient client;
    private final Device device;
    private final Function<String, ConnectTokenStore> tokens;
    private final SharedFolders folders;
    private final EndpointChoices choices;
    private final AgentTime time;
    private final TrafficBook traffic;
    private final Carrying carrying;
    private final Runnable changed;
    private final Map<String, Entry> agents = new HashMap<>();
    private @Nullable SurroundingsWatch surroundings;
    private boolean closed;

    /** An agent, with the tunnels (ids) that keep it alive; the monitor of {@link ProjectAgents} guards these. */
    private record Entry(ProjectAgent agent, Set<String> wanted) {}

    /** {@code tokens} by a connector's id; {@code changed} is told when a link or what is carried changes. */
    ProjectAgents(
            ControlPlaneClient client,
            Device device,
            Function<String, ConnectTokenStore> tokens,
            SharedFolders folders,
            EndpointChoices choices,
            AgentTime time,
            TrafficBook traffic,
            Carrying carrying,
            Runnable changed) {
        this.client = client;
        this.device = device;
        this.tokens = tokens;
        this.folders = folders;
        this.choices = choices;
        this.time = time;
        this.traffic = traffic;
        this.carrying = carrying;
        this.changed = changed;
    }

    /**
     * Lets a tunnel's requests be served here, by the agent of its project; registers this device's connector there
     * first if it has none yet. Blocks.
     */
    ProjectAgent carry(Tunnel tunnel) throws ProblemException, IOException, InterruptedException {
        folders.require(tunnel);
        String project = tunnel.project();
        ProjectAgent agent = wantedBy(project, tunnel.id());
        if (agent == null) {
            Connector connector =
                    client.registerManaged(project, device.id(), new ConnectorRegistration(device.name()));
            agent = added(project, connector.id(), tunnel.id());
            // Outside of the monitor, like all that calls observers: they come back here for what is true now.
            agent.agent().link().subscribe(_ -> changed.run());
            agent.agent().blockedHosts().subscribe(_ -> changed.run());
        }
        agent.carry(tunnel);
        carrying.begin(tunnel.id());
        changed.run();
        return agent;
    }

    /** Takes a tunnel off its agent; an agent that carries nothing any more ends. */
    void drop(String project, String tunnel) {
        ProjectAgent agent;
        boolean idle;
        synchronized (this) {
            Entry entry = agents.get(project);
            if (entry == null) {
                return;
            }
            agent = entry.agent();
            entry.wanted().remove(tunnel);
            idle = entry.wanted().isEmpty();
            if (idle) {
                agents.remove(project);
            }
        }
        agent.drop(tunnel);
        carrying.end(tunnel);
        if (idle) {
            agent.close();
        }
        changed.run();
    }

    synchronized Optional<ProjectAgent> existing(String project) {
        return Optional.ofNullable(agents.get(project)).map(Entry::agent);
    }

    boolean carries(String project, String tunnel) {
        return existing(project).filter(agent -> agent.carries(tunnel)).isPresent();
    }

    /** All agents, by project. */
    synchronized Map<String, ProjectAgent> all() {
        Map<String, ProjectAgent> all = new HashMap<>();
        agents.forEach((project, entry) -> all.put(project, entry.agent()));
        return all;
    }

    private synchronized @Nullable ProjectAgent wantedBy(String project, String tunnel) {
        Entry entry = agents.get(project);
        if (entry == null) {
            return null;
        }
        entry.wanted().add(tunnel);
        return entry.agent();
    }

    private synchronized ProjectAgent added(String project, String connector, String tunnel) throws IOException {
        if (closed) {
            throw new IOException("Porthole is closing");
        }
        if (surroundings == null) {
            surroundings = SurroundingsWatch.start(time, this::wake);
        }
        Entry entry = agents.computeIfAbsent(
                project,
                _ -> new Entry(
                        new ProjectAgent(connector, newAgent(project, connector), folders, choices), new HashSet<>()));
        entry.wanted().add(tunnel);
        return entry.agent();
    }

    /** How this computer is connected, over all projects: the least happy one says it. */
    Link link() {
        Link worst = new Link.Idle();
        for (ProjectAgent agent : all().values()) {
            Link link = agent.agent().link().get();
            if (concern(link) > concern(worst)) {
                worst = link;
            }
        }
        return worst;
    }

    /** Someone signed in again. */
    void credentialsRenewed() {
        all().values().forEach(agent -> agent.agent().credentialsRenewed());
    }

    /** The computer woke up, or its network changed. */
    private void wake() {
        all().values().forEach(agent -> agent.agent().wake());
    }

    @Override
    public void close() {
        SurroundingsWatch watch;
        List<ProjectAgent> ending;
        synchronized (this) {
            closed = true;
            watch = surroundings;
            ending = agents.values().stream().map(Entry::agent).toList();
            agents.clear();
        }
        if (watch != null) {
            watch.close();
        }
        ending.forEach(ProjectAgent::close);
        carrying.close();
    }

    private Agent newAgent(String project, String connector) {
        return new Agent(
                AgentConfig.of(client.server().base(), connector, device.version()),
                new ConnectorControl(client, project, connector),
                tokens.apply(connector),
                time,
                RandomGenerator.getDefault(),
                traffic);
    }

    private static int concern(Link link) {
        return switch (link) {
            case Link.Idle _ -> 0;
            case Link.Connected _ -> 1;
            case Link.Connecting _ -> 2;
            case Link.Reconnecting _ -> 3;
            case Link.SignInNeeded _ -> 4;
        };
    }
}
