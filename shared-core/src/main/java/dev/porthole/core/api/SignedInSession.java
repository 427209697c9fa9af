package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place where someone is signed in.
 *
 * @param client the browser or app, in a few words
 * @param address where the sign-in came from, if it is known
 * @param current whether it is the one that asks
 */
public record SignedInSession(
        String id,
        Kind kind,
        String client,
        @Nullable String address,
        Instant since,
        Instant lastUsedAt,
        boolean current) {
    /** What is signed in. */
    public enum Kind {
        browser,
        app
    }
}
