package dev.porthole.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Invitations that nobody has accepted yet. What is over by {@code now} is not found, and goes at last. */
public interface Invitations {
    void insert(Handle handle, StoredInvitation invitation);

    Optional<StoredInvitation> findByHash(Handle handle, String hash, Instant now);

    List<StoredInvitation> list(Handle handle, String organization, Instant now, Slice slice);

    long count(Handle handle, String organization, Instant now);

    /** Takes one out; false if the organization has no such one. */
    boolean delete(Handle handle, String organization, String id);

    /** Withdraws what a user offered in an organization. */
    void removeBy(Handle handle, String organization, String user);

    void removeExpired(Handle handle, Instant now);
}
