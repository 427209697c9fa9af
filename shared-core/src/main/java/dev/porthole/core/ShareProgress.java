package dev.porthole.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * News of one step of a share.
 *
 * @param elapsed since the share began
 * @param detail why it waits or failed, for people; null when there is nothing to say
 * @param url the public address once it is known
 */
public record ShareProgress(
        Stage stage,
        State state,
        Duration elapsed,
        @Nullable String detail,
        @Nullable String url) {
    /** The steps, in their order. */
    public enum Stage {
        /** The name is reserved and the policy is fine. */
        ACCEPTED,
        /** This computer has a connector, its lease is alive and a session is up. */
        CONNECTED,
        /** An edge has the route. */
        ROUTED,
        /** The endpoint accepts connections. */
        ENDPOINT,
        /** A request went through the public address and back. */
        ANSWERING
    }

    /** How a step stands. */
    public enum State {
        STARTED,
        WAITING,
        DONE
    }
}
