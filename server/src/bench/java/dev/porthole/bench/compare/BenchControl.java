package dev.porthole.bench.compare;

import dev.porthole.core.agent.AgentControl;
import dev.porthole.core.agent.ControlException;
import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.ConnectTokenRequest;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.TunnelRequest;
import java.io.IOException;

/** An agent's questions, asked with an API key. Whatever goes wrong is tried again: a benchmark has no user to ask. */
record BenchControl(ControlPlaneClient client, String project, String connector) implements AgentControl {
    private static final int FIRST_PORT = 1_000;

    /** A tunnel with an endpoint that no other has. */
    static TunnelRequest request(int tunnel, int agent) {
        return new TunnelRequest(
                Endpoint.parse("bench-" + agent + ".test:" + (FIRST_PORT + tunnel)), null, null, null, null);
    }

    @Override
    public ConnectToken fetchConnectToken() throws ControlException, InterruptedException {
        try {
            return client.connectToken(new ConnectTokenRequest(connector));
        } catch (ProblemException | IOException failed) {
            throw again(failed);
        }
    }

    @Override
    public Lease heartbeat(String instance, Heartbeat heartbeat) throws ControlException, InterruptedException {
        try {
            return client.heartbeat(project, connector, instance, heartbeat);
        } catch (ProblemException | IOException failed) {
            throw again(failed);
        }
    }

    @Override
    public void leave(String instance) throws ControlException, InterruptedException {
        try {
            client.endInstance(project, connector, instance);
        } catch (ProblemException | IOException failed) {
            throw again(failed);
        }
    }

    private static ControlException again(Exception failed) {
        return new ControlException(
                new ControlException.Reason.Unreachable(String.valueOf(failed.getMessage()), false), failed);
    }
}
