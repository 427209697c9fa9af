package dev.porthole.server.control;

import dev.porthole.server.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tunnels whose conditions changed while the database was away: what became of them is stored when it is back. No more
 * than one attempt at a time, however long that takes and however much changes. Safe from any thread.
 */
final class OwedConditions {
    /** From a failed attempt to the next one. */
    static final Duration AGAIN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(OwedConditions.class);

    private final Scheduler scheduler;
    private final Consumer<Collection<String>> store;
    private final Set<String> tunnels = new HashSet<>();

    /** @param store stores what holds now of some tunnels (ids) */
    OwedConditions(Scheduler scheduler, Consumer<Collection<String>> store) {
        this.scheduler = scheduler;
        this.store = store;
    }

    void owe(Collection<String> some, StoreUnavailableException why) {
        LOG.warn("conditions of {} tunnels are stored later: {}", some.size(), why.getMessage());
        boolean first;
        synchronized (tunnels) {
            first = tunnels.isEmpty() && !some.isEmpty();
            tunnels.addAll(some);
        }
        if (first) {
            scheduler.after(AGAIN, this::pay);
        }
    }

    private void pay() {
        List<String> all;
        synchronized (tunnels) {
            all = List.copyOf(tunnels);
            tunnels.clear();
        }
        store.accept(all);
    }
}
