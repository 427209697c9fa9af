package dev.porthole.server.store;

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
     * @param action such as {@code tunnel.create}
     * @param resource the id of what it was done to
     * @param address from where, if from outside
     * @param detail one line, never a secret
     */
    record Entry(
            String id,
            @Nullable String project,
            String actor,
            String action,
            String resource,
            @Nullable String address,
            @Nullable String detail,
            Instant at) {}

    void append(Handle handle, Entry entry);

    /** The newest entries of a project, the newest first. */
    List<Entry> newest(Handle handle, String project, int limit);
}
