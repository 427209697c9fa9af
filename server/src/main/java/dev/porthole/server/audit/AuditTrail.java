package dev.porthole.server.audit;

import dev.porthole.core.api.Ids;
import dev.porthole.server.store.AuditLog;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes audit entries, each in the transaction of the deed that it tells of: neither is there without the other. */
public final class AuditTrail {
    private final AuditLog log;

    public AuditTrail(AuditLog log) {
        this.log = log;
    }

    /**
     * Adds an entry.
     *
     * @param detail one line for people, never with a secret
     */
    public void record(
            Handle handle,
            Actor actor,
            @Nullable String project,
            String action,
            String resource,
            @Nullable String detail,
            Instant at) {
        log.append(
                handle,
                new AuditLog.Entry(
                        Ids.next("aud"),
                        project,
                        actor.id(),
                        null,
                        action,
                        resource,
                        actor.address(),
                        actor.credential(),
                        detail,
                        at));
    }
}
