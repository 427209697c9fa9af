package dev.porthole.server.identity;

import dev.porthole.server.audit.Actor;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.store.Store;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** What people do to their accounts on pages, in the audit trail; what they do by the API is recorded there. */
final class AccountAudit {
    private final AuditTrail trail;
    private final InstantSource clock;

    AccountAudit(Store store, InstantSource clock) {
        this.trail = new AuditTrail(store.audit());
        this.clock = clock;
    }

    /** In the transaction of the deed. */
    void record(Handle handle, String userId, String address, String action, String resource) {
        trail.record(handle, new Actor(userId, address), null, action, resource, null, clock.instant());
    }
}
