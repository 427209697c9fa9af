package dev.porthole.core.agent;

import dev.porthole.core.proxy.ProxyLimits;
import java.net.URI;

/**
 * What an agent is told once.
 *
 * @param server the server's own address; {@code http} only for loopback
 * @param connector the id of the connector that this agent is an instance of
 * @param agentVersion shown to the server, such as {@code 0.1.0}
 * @param sessions how many sessions it keeps up; with two, losing one loses no new request
 */
public record AgentConfig(
        URI server, String connector, String agentVersion, int sessions, AgentLimits limits, ProxyLimits proxyLimits) {
    /** What an agent keeps unless it is told otherwise. */
    public static final int USUAL_SESSIONS = 2;

    private static final int MOST_SESSIONS = 16;

    public AgentConfig {
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw new IllegalArgumentException("sessions: " + sessions + " (expected: 1-" + MOST_SESSIONS + ")");
        }
    }

    /** With the usual sessions and limits. */
    public static AgentConfig of(URI server, String connector, String agentVersion) {
        return new AgentConfig(server, connector, agentVersion, USUAL_SESSIONS, AgentLimits.USUAL, ProxyLimits.USUAL);
    }
}
