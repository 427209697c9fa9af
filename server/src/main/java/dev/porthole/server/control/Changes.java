package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells of changes: the project's outbox row and the audit entry, in the transaction of the change itself. */
final class Changes {
    private final Store store;
    private final AuditTrail audit;
    private final EventStreams streams;

    Changes(Store store, EventStreams streams) {
        this.store = store;
        this.audit = new AuditTrail(store.audit());
        this.streams = streams;
    }

    /**
     * Someone's deed.
     *
     * @param type such as {@code tunnel.updated}
     * @param data the resource after the change; absent when it is gone
     */
    void deed(
            Handle handle,
            Actor actor,
            String project,
            String type,
            String resource,
            @Nullable Object data,
            Instant at) {
        audit.record(handle, actor, project, type, resource, null, at);
        observed(handle, project, type, resource, data, at);
    }

    /**
     * Someone's deed that the events of no project tell of, or not by this name.
     *
     * @param project absent for what concerns an organization
     * @param detail one line for people, never with a secret
     */
    void noted(
            Handle handle,
            Actor actor,
            @Nullable String project,
            String action,
            String resource,
            @Nullable String detail,
            Instant at) {
        audit.record(handle, actor, project, action, resource, detail, at);
    }

    /** What became different without anyone's deed, such as a condition: an event, but no audit entry. */
    void observed(Handle handle, String project, String type, String resource, @Nullable Object data, Instant at) {
        store.outbox()
                .append(handle, project, type, resource, data == null ? null : ApiJson.STRICT.valueToTree(data), at);
        handle.afterCommit(() -> streams.wake(project));
    }

    /** A session that came or went. */
    void session(Actor actor, String project, boolean connected, String connector, String instance, Instant at) {
        String action = "session." + (connected ? "connected" : "disconnected");
        store.writeOnly(handle -> audit.record(
                handle, actor, project, action.toLowerCase(Locale.ROOT), connector, "instance " + instance, at));
    }
}
