package dev.porthole.server.relay;

import dev.porthole.core.wire.http2.ConnectionLimits;
import dev.porthole.core.wire.http2.PeerWatch;

/**
 * What every session of an edge shares.
 *
 * @param peer when an agent is asked whether it is there, and when it counts as dead
 * @param http2 what agents may have in flight, all of them together, and what costs one its session
 */
public record RelayContext(
        Sessions sessions,
        SessionAuthority authority,
        SessionEvents events,
        PeerWatch.Times peer,
        ConnectionLimits http2) {}
