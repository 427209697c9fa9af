package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /projects/{project}/tunnels}: every field may be left out; an endpoint that a tunnel has is
 * that tunnel.
 *
 * @param address {@code name}, unless the endpoint is TCP; a client says it, or the next one, only to a server with the
 *     capability {@code ports}
 * @param visibleInNetwork whether other computers of this network reach its port: no, unless it is said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TunnelRequest(
        @Nullable Endpoint endpoint,
        @Nullable String name,
        @Nullable String label,
        @Nullable Instant expiresAt,
        @Nullable HostHeader hostHeader,
        @Nullable TunnelAddress address,
        @Nullable Boolean visibleInNetwork) {
    /** With the address that the endpoint's scheme has by itself. */
    public TunnelRequest(
            @Nullable Endpoint endpoint,
            @Nullable String name,
            @Nullable String label,
            @Nullable Instant expiresAt,
            @Nullable HostHeader hostHeader) {
        this(endpoint, name, label, expiresAt, hostHeader, null, null);
    }
}
