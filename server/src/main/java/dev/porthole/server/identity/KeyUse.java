package dev.porthole.server.identity;

import dev.porthole.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when keys were used, each at most once a minute and behind the call's back: a busy key costs no write a call,
 * and many that come at once share one. Safe from any thread; never blocks.
 */
final class KeyUse {
    /** How exact the time of the last use is. */
    static final Duration EXACT_TO = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyUse.class);

    private final Store store;
    private final InstantSource clock;
    private final Executor behind;

    /** What is to be written; bounded by the keys that there are. Guarded by itself. */
    private final Map<String, Instant> pending = new HashMap<>();

    /** @param behind runs what writes */
    KeyUse(Store store, InstantSource clock, Executor behind) {
        this.store = store;
        this.clock = clock;
        this.behind = behind;
    }

    /** A key was used; {@code noted} is the last use that the store knew when it was. */
    void seen(String key, @Nullable Instant noted) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (noted != null && now.isBefore(noted.plus(EXACT_TO))) {
            return;
        }
        boolean first;
        synchronized (pending) {
            first = pending.isEmpty();
            pending.putIfAbsent(key, now);
        }
        if (first) {
            behind.execute(this::write);
        }
    }

    private void write() {
        try {
            store.writeOnly(handle -> {
                Map<String, Instant> uses;
                synchronized (pending) {
                    uses = new HashMap<>(pending);
                    pending.clear();
                }
                uses.forEach((key, at) -> store.keys().used(handle, key, at));
            });
        } catch (RuntimeException failed) {
            // The next use says it again.
            LOG.debug("uses of keys were not noted: {}", failed.getMessage());
            synchronized (pending) {
                pending.clear();
            }
        }
    }
}
