package dev.porthole.server.relay;

import dev.porthole.core.api.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What the edge knows of a tunnel: enough to decide about a visitor without asking anyone.
 *
 * @param port its own, if it has one
 */
public record TunnelRoute(
        String tunnel,
        String project,
        String name,
        Endpoint endpoint,
        boolean enabled,
        @Nullable RoutePort port) {
    /** Without a port of its own. */
    public TunnelRoute(String tunnel, String project, String name, Endpoint endpoint, boolean enabled) {
        this(tunnel, project, name, endpoint, enabled, null);
    }

    /** Whether its visitors send bytes of whatever protocol. */
    public boolean overTcp() {
        return endpoint.scheme() == Endpoint.Scheme.TCP;
    }
}
