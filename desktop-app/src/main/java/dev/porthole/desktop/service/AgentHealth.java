package dev.porthole.desktop.service;

import dev.porthole.core.Link;
import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.Tunnel;
import dev.porthole.core.headless.HeadlessAgent;
import java.util.HashSet;
import java.util.Set;

/**
 * How a headless agent is, for its service manager and for probes. The start is over with the first word from or about
 * the server, whichever it is: an agent whose server is away runs, and says so, and is not to be started again.
 */
public final class AgentHealth implements HeadlessAgent.Listener {
    /**
     * How it is.
     *
     * @param ready whether visitors reach what it carries
     * @param detail the state in a line
     * @param tunnels how many it carries
     */
    public record State(boolean ready, String detail, int tunnels) {}

    private final ServiceManager manager;
    private final Set<String> carried = new HashSet<>();
    private boolean started;
    private boolean ready;
    private String detail = "starting";

    /** Tells the manager what becomes of it. */
    public AgentHealth(ServiceManager manager) {
        this.manager = manager;
    }

    /** How it is now. */
    public synchronized State state() {
        return new State(ready, detail, carried.size());
    }

    /** Its end is under way. */
    public synchronized void stopping() {
        ready = false;
        detail = "stopping";
        manager.stopping();
        manager.status(detail);
    }

    @Override
    public void recognised(ConnectorState state) {}

    @Override
    public synchronized void waiting(String reason) {
        is(false, "waiting: " + reason);
    }

    @Override
    public synchronized void carries(Tunnel tunnel) {
        carried.add(tunnel.id());
        show();
    }

    @Override
    public synchronized void drops(Tunnel tunnel) {
        carried.remove(tunnel.id());
        show();
    }

    @Override
    public synchronized void declined(Tunnel tunnel, String why) {
        carried.remove(tunnel.id());
        show();
    }

    @Override
    public synchronized void link(Link link) {
        switch (link) {
            case Link.Connected _ -> is(true, "connected");
            case Link.Reconnecting again -> is(false, "reconnecting: " + again.reason());
            case Link.SignInNeeded needed -> is(false, "refused: " + needed.reason());
            case Link.Connecting _ -> {
                ready = false;
                detail = "connecting";
            }
            case Link.Idle _ -> ready = false;
        }
    }

    private void is(boolean now, String how) {
        ready = now;
        detail = how;
        if (!started) {
            started = true;
            manager.ready();
        }
        show();
    }

    private void show() {
        manager.status(detail + "; " + carried.size() + (carried.size() == 1 ? " tunnel" : " tunnels"));
    }
}
