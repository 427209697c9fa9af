package dev.porthole.core.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who did what. Entries are never changed, and outlive what they name.
 *
 * @param project where; absent for what concerns the whole server
 * @param actor who: a user's, key's or connector's id, or {@code server}
 * @param actorName what the actor was called then
 * @param action such as {@code tunnel.created} or {@code session.connected}
 * @param resource the id of what it was done to
 * @param address from where, if from outside
 * @param credential the id of what the actor showed: a sign-in, a key, a connector's credential; never a secret
 * @param detail one line for people
 */
public record AuditEntry(
        String id,
        @Nullable String project,
        String actor,
        @Nullable String actorName,
        String action,
        String resource,
        @Nullable String address,
        @Nullable String credential,
        @Nullable String detail,
        Instant at) {}
