package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /projects/{project}/tunnels}: every field may be left out; an endpoint that a tunnel has is
 * that tunnel.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TunnelRequest(
        @Nullable Endpoint endpoint,
        @Nullable String name,
        @Nullable String label,
        @Nullable Instant expiresAt,
        @Nullable HostHeader hostHeader) {}
