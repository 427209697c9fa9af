package dev.porthole.core;

import dev.porthole.core.api.Tunnel;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel as this computer sees it.
 *
 * @param here whether this device's agents carry it
 * @param phase what a dot and a word should say
 * @param detail one sentence when the phase is no happy one; otherwise empty
 * @param blockedHost what this computer's agent saw: the app refuses the name that visitors use
 */
public record TunnelState(
        Tunnel tunnel,
        boolean here,
        Phase phase,
        String detail,
        @Nullable BlockedHost blockedHost) {
    /** Without anything seen of the app. */
    public TunnelState(Tunnel tunnel, boolean here, Phase phase, String detail) {
        this(tunnel, here, phase, detail, null);
    }

    /** With what was seen of the app. */
    public TunnelState with(@Nullable BlockedHost seen) {
        return new TunnelState(tunnel, here, phase, detail, seen);
    }

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
