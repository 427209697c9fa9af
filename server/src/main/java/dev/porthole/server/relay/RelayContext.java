package dev.porthole.server.relay;

import java.time.Duration;

/**
 * What every session of an edge shares.
 *
 * @param pingInterval how often a PING measures the round trip; a peer that has not answered one when the next is due
 *     is dead
 * @param limits what an agent may do before it loses its session
 */
public record RelayContext(
        Sessions sessions,
        SessionAuthority authority,
        SessionEvents events,
        Duration pingInterval,
        SessionLimits limits) {}
