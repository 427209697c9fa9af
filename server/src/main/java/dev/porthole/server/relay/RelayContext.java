package dev.porthole.server.relay;

import dev.porthole.core.wire.http2.Multiplexer;
import java.time.Duration;

/**
 * What every session of an edge shares.
 *
 * @param pingInterval how often a PING measures the round trip; a peer that has not answered one when the next is due
 *     is dead
 * @param http2 what agents may have in flight, all of them together, and what costs one its session
 */
public record RelayContext(
        Sessions sessions,
        SessionAuthority authority,
        SessionEvents events,
        Duration pingInterval,
        Multiplexer.Limits http2) {}
