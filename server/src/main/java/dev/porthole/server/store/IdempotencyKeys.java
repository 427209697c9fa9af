package dev.porthole.server.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Answers that creations with an {@code Idempotency-Key} got, so that a repetition gets the same. */
public interface IdempotencyKeys {
    /**
     * A stored answer.
     *
     * @param fingerprint of the request; another request with the same key is a mistake of the client
     */
    record Kept(String fingerprint, int status, String body) {}

    Optional<Kept> find(Handle handle, String owner, String key);

    void keep(Handle handle, String owner, String key, Kept answer, Instant at);

    /** Forgets the answers from before a time. */
    void forgetBefore(Handle handle, Instant time);
}
