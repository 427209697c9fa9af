package dev.porthole.core.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device's (or a headless agent's) right to carry one project's tunnels.
 *
 * @param device the device's id, for a managed one
 * @param online whether an instance's lease is alive
 * @param tunnels ids of the tunnels that it is to carry: enabled, with this connector
 */
public record Connector(
        String id,
        String project,
        Kind kind,
        String name,
        @Nullable String device,
        boolean online,
        @Nullable Instant lastSeenAt,
        @Nullable String agentVersion,
        List<String> tunnels) {
    public Connector {
        tunnels = List.copyOf(tunnels);
    }

    /** Managed: (signed-in device, project). External: a headless agent with a credential of its own. */
    public enum Kind {
        managed,
        external
    }
}
