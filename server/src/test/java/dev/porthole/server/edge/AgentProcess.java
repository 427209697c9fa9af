package dev.porthole.server.edge;

import dev.porthole.core.agent.Agent;
import dev.porthole.core.agent.AgentTime;
import dev.porthole.core.agent.SurroundingsWatch;
import java.net.InetSocketAddress;

/** An agent in a process of its own, for what can be done to processes and to networks only. Ends with its input. */
final class AgentProcess {
    private AgentProcess() {}

    /**
     * Runs it.
     *
     * @param arguments the edge's address and port; it is reached through a port on loopback, as plain HTTP wants it
     */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress edge = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        try (TcpProxy wire = new TcpProxy(edge);
                LiveAgents agents = new LiveAgents()) {
            Agent agent = agents.connect(wire.uri(), 2);
            try (SurroundingsWatch _ = SurroundingsWatch.start(AgentTime.system(), agent::wake)) {
                while (System.in.read() >= 0) {
                    // Until whoever started it has enough.
                }
            }
        }
    }
}
