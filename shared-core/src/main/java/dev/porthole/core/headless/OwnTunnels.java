package dev.porthole.core.headless;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.proxy.CarriedTunnel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings an agent to what its connector is to carry. One thread at a time. */
final class OwnTunnels {
    private final Agent agent;
    private final EndpointsAllowed allowed;
    private final HeadlessAgent.Listener listener;
    private final Map<String, Tunnel> wanted = new HashMap<>();

    OwnTunnels(Agent agent, EndpointsAllowed allowed, HeadlessAgent.Listener listener) {
        this.agent = agent;
        this.allowed = allowed;
        this.listener = listener;
    }

    /** These, and nothing else. */
    void are(Collection<Tunnel> tunnels) {
        List<String> ids = tunnels.stream().map(Tunnel::id).toList();
        wanted.keySet().stream().filter(id -> !ids.contains(id)).toList().forEach(this::gone);
        tunnels.forEach(this::wanted);
        // An edge refuses what was not enabled yet when it was announced.
        agent.announceAgain();
    }

    /** This one, as it is now. */
    void wanted(Tunnel tunnel) {
        Tunnel before = wanted.put(tunnel.id(), tunnel);
        boolean news = before == null
                || !before.endpoint().equals(tunnel.endpoint())
                || !before.url().equals(tunnel.url());
        Optional<String> objection = allowed.objection(tunnel.endpoint());
        if (objection.isPresent()) {
            agent.drop(tunnel.id());
            if (news) {
                listener.declined(tunnel, objection.get());
            }
            return;
        }
        agent.carry(new CarriedTunnel(tunnel.id(), tunnel.endpoint(), tunnel.hostHeader(), false));
        if (before == null) {
            agent.announceAgain();
        }
        if (news) {
            listener.carries(tunnel);
        }
    }

    /** Not this one any more. */
    void gone(String id) {
        Tunnel before = wanted.remove(id);
        if (before != null) {
            agent.drop(id);
            listener.drops(before);
        }
    }
}
