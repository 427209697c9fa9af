package dev.porthole.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How this computer is connected to the server's edge. */
public sealed interface Link {
    /** Nothing to carry, or disconnected on purpose. */
    record Idle() implements Link {}

    /** The first dial of a cycle is under way. */
    record Connecting() implements Link {}

    /**
     * At least one session is up.
     *
     * @param roundTrip the last PING's, in whole milliseconds; null before the first
     */
    record Connected(int sessions, @Nullable Duration roundTrip) implements Link {}

    /** Waiting before the next dial; {@code reason} is for people. */
    record Reconnecting(String reason, Instant nextAttempt) implements Link {}

    /** The server takes this computer's sign-in no more: nothing is tried until someone signs in again. */
    record SignInNeeded(String reason) implements Link {}
}
