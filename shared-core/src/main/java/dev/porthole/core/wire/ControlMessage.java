package dev.porthole.core.wire;

import java.util.List;

/**
 * What edge and agent tell each other on the control stream. A message of an unknown type is {@link Unknown}: ignored.
 */
public sealed interface ControlMessage {

    /** Agent to edge: this session now carries these tunnels too (ids). */
    record Announce(List<String> tunnels) implements ControlMessage {
        public Announce {
            tunnels = List.copyOf(tunnels);
        }
    }

    /**
     * Edge to agent, after {@link Announce}: routes are live for {@code accepted}; {@code refused} are not this
     * connector's.
     */
    record Acknowledge(List<String> accepted, List<String> refused) implements ControlMessage {
        public Acknowledge {
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }

    /** Agent to edge: no new streams for these tunnels on this session; running ones finish. */
    record Withdraw(List<String> tunnels) implements ControlMessage {
        public Withdraw {
            tunnels = List.copyOf(tunnels);
        }
    }

    /** Either way: this session will end; connect elsewhere first, finish what runs. */
    record Drain(String reason) implements ControlMessage {}

    /**
     * Edge to agent: a request with {@link WireHeaders#PROBE} of this value will come for this tunnel; answer it
     * yourself, once, after checking that the endpoint accepts a connection.
     */
    record Probe(String tunnel, String nonce) implements ControlMessage {}

    /** From a newer peer. */
    record Unknown(String type) implements ControlMessage {}
}
