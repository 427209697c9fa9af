package dev.porthole.core.agent;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param dial until a connection stands, for each address
 * @param handshake from a standing connection to a session
 * @param ping the time between two PINGs
 * @param pong how long a PING may stay without its answer before the session counts as dead
 * @param stable how long a session lives before the next loss of it starts a new reconnect cycle
 * @param drain how long a session that was told to go may finish what it has
 */
public record AgentLimits(
        Duration dial, Duration handshake, Duration ping, Duration pong, Duration stable, Duration drain) {
    /** What holds unless a test says otherwise. */
    public static final AgentLimits USUAL = new AgentLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
}
