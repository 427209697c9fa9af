package dev.porthole.core.api;

import java.util.List;

/**
 * What {@code GET /connector} tells an external connector's own agent: who it is, and what it is to carry.
 *
 * @param tunnels the enabled ones that name this connector
 */
public record ConnectorState(Connector connector, Project project, List<Tunnel> tunnels) {
    public ConnectorState {
        tunnels = List.copyOf(tunnels);
    }
}
