package dev.porthole.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What to do after a dial that failed, for all sessions of an agent. A cycle begins when a session that was stable is
 * lost; others that are lost soon after it belong to the same cycle. Within it a fresh credential is fetched once, at
 * its first failure whatever that was, and then waits grow. Any thread.
 */
final class ReconnectPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(60);
    // Nobody listens: the server is restarting, and being back soon after it costs it little.
    private static final Duration WHILE_REFUSED = Duration.ofSeconds(1);
    // An outage can outlive a credential that was fetched at its beginning.
    private static final Duration CREDENTIAL_MAY_HAVE_ENDED = Duration.ofMinutes(10);

    // A session that ends sooner than this counts like a dial that failed: an edge that takes and drops is in trouble.
    private static final Duration TOO_SHORT = Duration.ofSeconds(5);
    private static final Duration SPREAD = Duration.ofSeconds(1);

    private final Backoff backoff;
    private final InstantSource time;
    private final Duration stable;
    private @Nullable Instant began;
    private boolean fetchTried;
    private @Nullable Instant fetchedAt;

    ReconnectPolicy(InstantSource time, RandomGenerator random, Duration stable) {
        this.backoff = new Backoff(FIRST, LAST, random);
        this.time = time;
        this.stable = stable;
    }

    /**
     * A session was lost that had been up since {@code up}: a new cycle, unless it was too short to count or a cycle
     * has just begun.
     *
     * @return whether to dial again at once
     */
    synchronized boolean lost(Instant up) {
        Instant now = time.instant();
        Duration spell = Duration.between(up, now);
        if (spell.compareTo(stable) >= 0
                && (began == null || Duration.between(began, now).compareTo(stable) >= 0)) {
            began = now;
            backoff.reset();
            fetchTried = false;
            fetchedAt = null;
        }
        return spell.compareTo(TOO_SHORT.compareTo(stable) < 0 ? TOO_SHORT : stable) >= 0;
    }

    /** How long to wait with one session more while there is one already: first ones of other agents come first. */
    synchronized Duration spread() {
        return backoff.jitter(SPREAD);
    }

    /**
     * Whether to fetch a fresh credential and try it at once. A fetch that failed counts as this cycle's, but when the
     * edge then says that it is the credential, there is no other way on.
     */
    synchronized boolean shouldFetch(DialException.Kind failure) {
        if (!fetchTried) {
            return true;
        }
        Instant fetched = fetchedAt;
        return failure == DialException.Kind.CREDENTIAL
                && (fetched == null
                        || Duration.between(fetched, time.instant()).compareTo(CREDENTIAL_MAY_HAVE_ENDED) >= 0);
    }

    /** A fetch is about to be made. */
    synchronized void fetching() {
        fetchTried = true;
    }

    /** It gave a credential. */
    synchronized void fetched() {
        fetchedAt = time.instant();
    }

    /** How long to wait before the next dial. */
    synchronized Duration pause(DialException.Kind failure) {
        return failure == DialException.Kind.REFUSED ? backoff.jitter(WHILE_REFUSED) : backoff.nextJittered();
    }
}
