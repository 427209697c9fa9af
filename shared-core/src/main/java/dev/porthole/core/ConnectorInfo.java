package dev.porthole.core;

import dev.porthole.core.api.Connector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connector as this computer sees it.
 *
 * @param here whether it is this device's own
 * @param onlineSince when its agent connected last; null if it is offline, or the server does not say
 * @param address from where it connected; null if it is offline, or the server does not say
 */
public record ConnectorInfo(
        Connector connector,
        boolean here,
        @Nullable Instant onlineSince,
        @Nullable String address) {}
