package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Connector;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Tunnel;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.store.Store;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells of changes: the project's outbox row and the audit entry, in the transaction of the change itself. */
final class Changes {
    /** The event of what changed no tunnel, connector or project: there is an audit entry of it. */
    static final String AUDIT_GREW = "audit.added";

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
        deed(handle, actor, project, type, type, resource, data, at);
    }

    /**
     * Someone's deed that the audit trail calls otherwise than the event: {@code tunnel.disabled} says more than that
     * it was updated.
     */
    void deed(
            Handle handle,
            Actor actor,
            String project,
            String action,
            String type,
            String resource,
            @Nullable Object data,
            Instant at) {
        audit.record(handle, actor, project, action, resource, nameOf(data), at);
        observed(handle, project, type, resource, data, at);
    }

    /** Someone's deed after which the resource is gone: the trail keeps what it was called. */
    void removed(Handle handle, Actor actor, String project, String type, String resource, String name, Instant at) {
        audit.record(handle, actor, project, type, resource, name, at);
        observed(handle, project, type, resource, null, at);
    }

    /** What it is called now; what it is called later, or when it is gone, nobody could say. */
    private static @Nullable String nameOf(@Nullable Object data) {
        return switch (data) {
            case Tunnel tunnel -> tunnel.label();
            case Connector connector -> connector.name();
            case Project project -> project.name();
            case null, default -> null;
        };
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
        store.writeOnly(handle -> {
            noted(handle, actor, project, action, connector, "instance " + instance, at);
            // Whoever looks at the trail hears that it has grown; a project that was deleted has nobody who could.
            if (store.projects().find(handle, project).isPresent()) {
                observed(handle, project, AUDIT_GREW, connector, null, at);
            }
        });
    }
}
