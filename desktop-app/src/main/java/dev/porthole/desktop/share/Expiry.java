package dev.porthole.desktop.share;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a share goes by itself, as one chooses it. */
enum Expiry {
    NEVER(null),
    HOUR(Duration.ofHours(1)),
    WORKDAY(Duration.ofHours(8)),
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7));

    private final @Nullable Duration after;

    Expiry(@Nullable Duration after) {
        this.after = after;
    }

    /** The moment, for one that begins now; null for none. */
    @Nullable
    Instant from(Instant now) {
        return after == null ? null : now.plus(after);
    }
}
