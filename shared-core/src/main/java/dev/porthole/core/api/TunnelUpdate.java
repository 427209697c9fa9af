package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /projects/{project}/tunnels/{tunnel}}: what is absent stays.
 *
 * @param connector the connector that carries it when it is on; goes with {@code enabled: true} the first time
 * @param address {@code name} gives the tunnel's port back
 * @param expiresAt when it goes by itself
 * @param keep true takes its expiry away: it stays for good. Another label or endpoint keeps a quick share, too
 * @param metadata takes the place of all that was noted before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TunnelUpdate(
        @Nullable String label,
        @Nullable Endpoint endpoint,
        @Nullable Boolean enabled,
        @Nullable String connector,
        @Nullable HostHeader hostHeader,
        @Nullable TunnelAddress address,
        @Nullable Boolean visibleInNetwork,
        @Nullable Instant expiresAt,
        @Nullable Boolean keep,
        @Nullable Map<String, String> metadata) {
    /** With its expiry and metadata as they are. */
    public TunnelUpdate(
            @Nullable String label,
            @Nullable Endpoint endpoint,
            @Nullable Boolean enabled,
            @Nullable String connector,
            @Nullable HostHeader hostHeader,
            @Nullable TunnelAddress address,
            @Nullable Boolean visibleInNetwork) {
        this(label, endpoint, enabled, connector, hostHeader, address, visibleInNetwork, null, null, null);
    }

    /** With the address as it is. */
    public TunnelUpdate(
            @Nullable String label,
            @Nullable Endpoint endpoint,
            @Nullable Boolean enabled,
            @Nullable String connector,
            @Nullable HostHeader hostHeader) {
        this(label, endpoint, enabled, connector, hostHeader, null, null);
    }

    /** Calls the tunnel, or binds it, otherwise; null stays as it was. */
    public static TunnelUpdate describe(@Nullable String label, @Nullable Endpoint endpoint) {
        return new TunnelUpdate(label, endpoint, null, null, null);
    }

    /** The same, bound to this endpoint. */
    public TunnelUpdate to(Endpoint other) {
        return new TunnelUpdate(
                label, other, enabled, connector, hostHeader, address, visibleInNetwork, expiresAt, keep, metadata);
    }

    /** Has the app see this {@code Host}. */
    public static TunnelUpdate show(HostHeader hostHeader) {
        return new TunnelUpdate(null, null, null, null, hostHeader);
    }

    /** Reaches it there; null stays as it was. */
    public static TunnelUpdate reach(@Nullable TunnelAddress address, @Nullable Boolean visibleInNetwork) {
        return new TunnelUpdate(null, null, null, null, null, address, visibleInNetwork);
    }

    /** Has it end by itself then, or (null) stay for good. */
    public static TunnelUpdate expire(@Nullable Instant at) {
        return new TunnelUpdate(null, null, null, null, null, null, null, at, at == null ? true : null, null);
    }

    /** Turns the tunnel on, carried by this connector. */
    public static TunnelUpdate enable(String connector) {
        return new TunnelUpdate(null, null, true, connector, null);
    }

    /** Turns the tunnel off; it keeps its name. */
    public static TunnelUpdate disable() {
        return new TunnelUpdate(null, null, false, null, null);
    }
}
