package dev.porthole.core.api;

import java.time.Instant;

/**
 * A fact about a tunnel with a reason and a time.
 *
 * @param reason one word for programs, such as {@code EndpointRefused}
 * @param message one sentence for people; may be empty
 * @param since when the status last changed
 */
public record Condition(Type type, Status status, String reason, String message, Instant since) {
    /** The facts. */
    public enum Type {
        /** Name and policy are fine. */
        Accepted,
        /** An edge has the route and a live session that announced the tunnel, and the lease is alive. */
        Programmed,
        /** A request went through the public address to the agent and back, and the endpoint accepts connections. */
        Ready
    }

    /** Whether the fact holds. */
    public enum Status {
        True,
        False,
        Unknown
    }

    /** Whether the fact is known to hold. */
    public boolean holds() {
        return status == Status.True;
    }
}
