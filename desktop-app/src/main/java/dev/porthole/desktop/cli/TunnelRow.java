package dev.porthole.desktop.cli;

import dev.porthole.core.TunnelState;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel as {@code --output json} has it, wherever one stands.
 *
 * @param state stopped, starting, ready, endpoint_down or offline
 * @param detail one sentence when the state is no happy one; otherwise empty
 * @param here whether this process carries it
 * @param connector the id of the connector that last turned it on
 * @param expiresAt when it goes by itself
 */
record TunnelRow(
        String id,
        String label,
        String name,
        String url,
        String endpoint,
        String hostHeader,
        boolean enabled,
        String state,
        String detail,
        boolean here,
        @Nullable String connector,
        @Nullable Instant expiresAt) {
    static TunnelRow of(TunnelState state) {
        var tunnel = state.tunnel();
        return new TunnelRow(
                tunnel.id(),
                tunnel.label(),
                tunnel.name(),
                tunnel.url(),
                tunnel.endpoint().toString(),
                tunnel.hostHeader().toString(),
                tunnel.enabled(),
                state.phase().name().toLowerCase(Locale.ROOT),
                state.detail(),
                state.here(),
                tunnel.connector(),
                tunnel.expiresAt());
    }

    /** What people read of it, line by line. */
    void printTo(Terminal terminal) {
        Fields fields = new Fields(terminal);
        fields.line("id", id);
        fields.line("label", label);
        fields.line("address", url);
        fields.line("endpoint", endpoint);
        fields.line("host header", hostHeader);
        fields.line("state", detail.isEmpty() ? state : state + ": " + detail);
        fields.line("connector id", connector);
        if (expiresAt != null) {
            fields.line("expires", Times.local(expiresAt));
        }
    }
}
