package dev.porthole.core.headless;

import dev.porthole.core.Link;
import dev.porthole.core.api.ConnectorState;
import dev.porthole.core.api.Tunnel;

/** Two listeners, told one after the other. */
record Both(HeadlessAgent.Listener first, HeadlessAgent.Listener second) implements HeadlessAgent.Listener {
    @Override
    public void recognised(ConnectorState state) {
        first.recognised(state);
        second.recognised(state);
    }

    @Override
    public void waiting(String reason) {
        first.waiting(reason);
        second.waiting(reason);
    }

    @Override
    public void carries(Tunnel tunnel) {
        first.carries(tunnel);
        second.carries(tunnel);
    }

    @Override
    public void drops(Tunnel tunnel) {
        first.drops(tunnel);
        second.drops(tunnel);
    }

    @Override
    public void declined(Tunnel tunnel, String why) {
        first.declined(tunnel, why);
        second.declined(tunnel, why);
    }

    @Override
    public void link(Link link) {
        first.link(link);
        second.link(link);
    }
}
