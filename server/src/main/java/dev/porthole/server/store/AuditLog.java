package dev.porthole.server.store;

import dev.porthole.core.api.AuditFilter;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who did what, for good: entries outlive what they name. */
public interface AuditLog {
    /**
     * One entry.
     *
     * @param project where; absent for what concerns the whole server
     * @param actor who: a user's, key's or connector's id, or {@code server}
     * @param actorName what the actor is called; {@link #append} looks it up if it is absent
     * @param action such as {@code tunnel.create}
     * @param resource the id of what it was done to
     * @param address from where, if from outside
     * @param credential the id of what the actor showed
     * @param detail one line, never a secret
     */
    record Entry(
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

    /**
     * Which entries are wanted.
     *
     * @param project of one project; all entries, also those of none, if absent
     * @param filter what else counts
     */
    record Wanted(@Nullable String project, AuditFilter filter) {}

    void append(Handle handle, Entry entry);

    /** Entries, the newest first, from behind the slice's place on. */
    List<Entry> newest(Handle handle, Wanted wanted, Slice slice);

    long count(Handle handle, Wanted wanted);

    /** The newest entries of a project, the newest first. */
    default List<Entry> newest(Handle handle, String project, int limit) {
        return newest(handle, new Wanted(project, AuditFilter.everything()), new Slice(null, limit));
    }
}
