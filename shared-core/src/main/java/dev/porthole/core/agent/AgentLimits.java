package dev.porthole.core.agent;

import dev.porthole.core.wire.http2.PeerWatch;
import java.time.Duration;

/**
 * How long things may take.
 *
 * @param dial until a connection stands, for each address
 * @param handshake from a standing connection to a session
 * @param peer when a session's edge is asked whether it is there, and when it counts as dead
 * @param stable how long a session lives before the next loss of it starts a new reconnect cycle
 * @param drain how long a session that was told to go may finish what it has
 * @param leave how long running requests may take to finish when the agent stops; under a second, because stopping is
 */
public record AgentLimits(
        Duration dial, Duration handshake, PeerWatch.Times peer, Duration stable, Duration drain, Duration leave) {
    /** What holds unless a test says otherwise. */
    public static final AgentLimits USUAL = new AgentLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            PeerWatch.Times.USUAL,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(600));
}
