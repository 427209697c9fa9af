package dev.porthole.core.tunnel;

import dev.porthole.core.Link;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Tunnel;
import java.util.Optional;

/** Decides what a tunnel's dot and word should say. */
final class TunnelPhase {
    private TunnelPhase() {}

    /**
     * @param here whether this process carries it
     * @param starting whether a share of it is under way here
     * @param link how its agent is connected; idle if there is none
     */
    static TunnelState of(Tunnel tunnel, boolean here, boolean starting, Link link) {
        if (!tunnel.enabled() && !starting) {
            return new TunnelState(tunnel, here, Phase.STOPPED, "");
        }
        if (here) {
            // The server may not have noticed yet, and may be out of reach: this computer knows better.
            switch (link) {
                case Link.Reconnecting again -> {
                    return new TunnelState(tunnel, true, Phase.OFFLINE, again.reason());
                }
                case Link.SignInNeeded needed -> {
                    return new TunnelState(tunnel, true, Phase.OFFLINE, needed.reason());
                }
                case Link.Idle _, Link.Connecting _, Link.Connected _ -> {}
            }
        }
        if (tunnel.enabled() && tunnel.ready()) {
            return new TunnelState(tunnel, here, Phase.READY, "");
        }
        if (endpointIsDown(tunnel)) {
            return new TunnelState(tunnel, here, Phase.ENDPOINT_DOWN, message(tunnel, Condition.Type.Ready));
        }
        boolean routed = tunnel.condition(Condition.Type.Programmed)
                .filter(Condition::holds)
                .isPresent();
        if (routed) {
            return new TunnelState(tunnel, here, Phase.STARTING, message(tunnel, Condition.Type.Ready));
        }
        return new TunnelState(
                tunnel,
                here,
                here || starting ? Phase.STARTING : Phase.OFFLINE,
                message(tunnel, Condition.Type.Programmed));
    }

    /** Whether the way to this computer is fine, and the program behind it is what does not answer. */
    static boolean endpointIsDown(Tunnel tunnel) {
        return tunnel.enabled()
                && tunnel.condition(Condition.Type.Ready)
                        .filter(ready -> ready.status() == Condition.Status.False
                                && ready.reason().startsWith("Endpoint"))
                        .isPresent();
    }

    /** What the server says about a condition that does not hold. */
    static String message(Tunnel tunnel, Condition.Type type) {
        Optional<Condition> condition = tunnel.condition(type).filter(fact -> !fact.holds());
        return condition
                .map(fact -> fact.message().isEmpty() ? fact.reason() : fact.message())
                .orElse("");
    }
}
