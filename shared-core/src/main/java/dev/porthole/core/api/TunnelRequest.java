package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /projects/{project}/tunnels}: every field may be left out; an endpoint that a tunnel has is
 * that tunnel.
 *
 * @param address {@code name}, unless the endpoint is TCP; a client says it, or the next one, only to a server with the
 *     capability {@code ports}
 * @param visibleInNetwork whether other computers of this network reach its port: no, unless it is said
 * @param metadata what its owners note about it, such as {@code {"branch": "main"}}; a client says it only to a server
 *     with the capability {@code metadata}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TunnelRequest(
        @Nullable Endpoint endpoint,
        @Nullable String name,
        @Nullable String label,
        @Nullable Instant expiresAt,
        @Nullable HostHeader hostHeader,
        @Nullable TunnelAddress address,
        @Nullable Boolean visibleInNetwork,
        @Nullable Map<String, String> metadata) {
    /** Without metadata. */
    public TunnelRequest(
            @Nullable Endpoint endpoint,
            @Nullable String name,
            @Nullable String label,
            @Nullable Instant expiresAt,
            @Nullable HostHeader hostHeader,
            @Nullable TunnelAddress address,
            @Nullable Boolean visibleInNetwork) {
        this(endpoint, name, label, expiresAt, hostHeader, address, visibleInNetwork, null);
    }

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
