package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /projects/{project}/tunnels/{tunnel}}: what is absent stays.
 *
 * @param connector goes with {@code enabled: true}: the connector that will carry it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TunnelUpdate(
        @Nullable String label,
        @Nullable Endpoint endpoint,
        @Nullable Boolean enabled,
        @Nullable String connector) {
    /** Turns the tunnel on, carried by this connector. */
    public static TunnelUpdate enable(String connector) {
        return new TunnelUpdate(null, null, true, connector);
    }

    /** Turns the tunnel off; it keeps its name. */
    public static TunnelUpdate disable() {
        return new TunnelUpdate(null, null, false, null);
    }
}
