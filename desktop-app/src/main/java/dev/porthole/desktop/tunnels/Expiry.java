package dev.porthole.desktop.tunnels;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a tunnel ends by itself, as one chooses it. */
enum Expiry {
    AS_IT_IS(null),
    NEVER(null),
    IN_AN_HOUR(Duration.ofHours(1)),
    IN_A_DAY(Duration.ofDays(1)),
    IN_A_WEEK(Duration.ofDays(7));

    private final @Nullable Duration after;

    Expiry(@Nullable Duration after) {
        this.after = after;
    }

    /** The moment; null for never. */
    @Nullable
    Instant from(Instant now) {
        return after == null ? null : now.plus(after);
    }
}
