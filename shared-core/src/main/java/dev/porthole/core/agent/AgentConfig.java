package dev.porthole.core.agent;

import dev.porthole.core.proxy.ProxyLimits;
import java.net.URI;

/**
 * What an agent is told once.
 *
 * @param server the server's own address; {@code http} only for loopback
 * @param connector the id of the connector that this agent is an instance of
 * @param agentVersion shown to the server, such as {@code 0.1.0}
 */
public record AgentConfig(
        URI server, String connector, String agentVersion, AgentLimits limits, ProxyLimits proxyLimits) {
    /** With the usual limits. */
    public static AgentConfig of(URI server, String connector, String agentVersion) {
        return new AgentConfig(server, connector, agentVersion, AgentLimits.USUAL, ProxyLimits.USUAL);
    }
}
