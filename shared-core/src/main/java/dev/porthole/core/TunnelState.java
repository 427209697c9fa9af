package dev.porthole.core;

import dev.porthole.core.api.Tunnel;

/**
 * A tunnel as this computer sees it.
 *
 * @param here whether this device's agents carry it
 * @param phase what a dot and a word should say
 * @param detail one sentence when the phase is no happy one; otherwise empty
 */
public record TunnelState(Tunnel tunnel, boolean here, Phase phase, String detail) {
    /** The states that people tell apart. */
    public enum Phase {
        /** Off. */
        STOPPED,
        /** On its way; {@link TunnelState#detail} says to what. */
        STARTING,
        /** A request went through. */
        READY,
        /** On, but the endpoint does not accept connections. */
        ENDPOINT_DOWN,
        /** On, but no session carries it. */
        OFFLINE
    }
}
