package dev.porthole.server.relay;

import dev.porthole.core.wire.http2.PeerWatch;

/**
 * What every session of an edge shares.
 *
 * @param peer when an agent is asked whether it is there, and when it counts as dead
 */
public record RelayContext(Sessions sessions, SessionAuthority authority, SessionEvents events, PeerWatch.Times peer) {}
