package dev.porthole.core.agent;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.Heartbeat;
import dev.porthole.core.api.Lease;

/**
 * What the agent asks of the control plane, for one connector. Blocking: called on virtual threads, and interrupted
 * when the agent stops.
 */
public interface AgentControl {
    /** {@code POST /connect-tokens}: a fresh right to open sessions. */
    ConnectToken fetchConnectToken() throws ControlException, InterruptedException;

    /** {@code PUT …/instances/{instance}}: this instance lives and carries these tunnels. */
    Lease heartbeat(String instance, Heartbeat heartbeat) throws ControlException, InterruptedException;

    /** {@code DELETE …/instances/{instance}}: this instance is gone; its lease need not run out. */
    void leave(String instance) throws ControlException, InterruptedException;
}
