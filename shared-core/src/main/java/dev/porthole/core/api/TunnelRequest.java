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
 * @param connector the connector that carries it from the beginning, such as an external one: then it is made turned
 *     on. A client says it only to a server that has {@link Discovery#CONNECTORS}
 * @param quick a share for now, which goes by itself a day after it was last carried; asking for the endpoint's tunnel
 *     without this keeps it. A client says it only to a server that has {@link Discovery#QUICK}
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
        @Nullable Map<String, String> metadata,
        @Nullable String connector,
        @Nullable Boolean quick) {
    /** Without metadata, kept, and carried by whoever turns it on. */
    public TunnelRequest(
            @Nullable Endpoint endpoint,
            @Nullable String name,
            @Nullable String label,
            @Nullable Instant expiresAt,
            @Nullable HostHeader hostHeader,
            @Nullable TunnelAddress address,
            @Nullable Boolean visibleInNetwork) {
        this(endpoint, name, label, expiresAt, hostHeader, address, visibleInNetwork, null, null, null);
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

    /** The same, to be kept. */
    public TunnelRequest kept() {
        return new TunnelRequest(
                endpoint, name, label, expiresAt, hostHeader, address, visibleInNetwork, metadata, connector, null);
    }
}
