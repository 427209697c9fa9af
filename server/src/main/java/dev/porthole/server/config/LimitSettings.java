package dev.porthole.server.config;

import dev.porthole.server.edge.EdgeSettings;
import dev.porthole.server.edge.Shares;
import dev.porthole.server.relay.SessionLimits;

/**
 * How much of the server one visitor, one tunnel and one agent may take: the section {@code limits}.
 *
 * @param requests what one request and one connection may take
 * @param times how long the edge waits for whom
 * @param shares what one address or one tunnel may take of the whole
 * @param sessions what one agent may do on a session
 * @param api how often the API may be called
 */
public record LimitSettings(
        EdgeSettings.Limits requests, EdgeSettings.Times times, Shares shares, SessionLimits sessions, ApiRates api) {
    /** Calls in a minute; {@link Integer#MAX_VALUE} is no limit. */
    public record ApiRates(int perKey, int perAddress) {}

    /** What holds where nothing is set. */
    public static final LimitSettings DEFAULT = LimitOptions.standard();
}
