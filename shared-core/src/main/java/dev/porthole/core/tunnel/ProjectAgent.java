package dev.porthole.core.tunnel;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.proxy.CarriedTunnel;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** This device's agent in one project, with what it carries. Safe from any thread. */
final class ProjectAgent implements AutoCloseable {
    private final String connector;
    private final Agent agent;
    private final SharedFolders folders;
    private final EndpointChoices choices;
    private final Set<String> carried = ConcurrentHashMap.newKeySet();

    ProjectAgent(String connector, Agent agent, SharedFolders folders, EndpointChoices choices) {
        this.connector = connector;
        this.agent = agent;
        this.folders = folders;
        this.choices = choices;
    }

    String connector() {
        return connector;
    }

    Agent agent() {
        return agent;
    }

    /** The tunnels (ids) that may be served now. */
    Set<String> carried() {
        return Set.copyOf(carried);
    }

    boolean carries(String tunnel) {
        return carried.contains(tunnel);
    }

    /**
     * Puts a tunnel on the allow-list, or takes its new endpoint and Host header, in one step. A folder that the user
     * has not shared is refused.
     */
    void carry(Tunnel tunnel) throws ProblemException, IOException {
        folders.require(tunnel);
        carryAsChosen(tunnel);
        carried.add(tunnel.id());
    }

    /** Takes what is chosen for the endpoint of a tunnel that may be carried. */
    void carryAsChosen(Tunnel tunnel) {
        agent.carry(new CarriedTunnel(
                tunnel.id(),
                tunnel.endpoint(),
                tunnel.hostHeader(),
                false,
                choices.certificate(tunnel.endpoint()),
                choices.timeout(tunnel.endpoint())));
    }

    /** Takes a tunnel off the allow-list. */
    void drop(String tunnel) {
        agent.drop(tunnel);
        carried.remove(tunnel);
    }

    @Override
    public void close() {
        agent.close();
    }
}
