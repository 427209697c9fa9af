package dev.porthole.core.api;

import java.util.List;

/**
 * The body of {@code PUT /projects/{project}/connectors/{connector}/instances/{instance}}: this instance lives and
 * carries these tunnels (ids).
 */
public record Heartbeat(String agentVersion, List<String> tunnels) {
    public Heartbeat {
        tunnels = List.copyOf(tunnels);
    }
}
