package dev.porthole.server.control;

import dev.porthole.core.api.ProjectEvent;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project's changes as server-sent events (WHATWG HTML, section 9.2), resumable by sequence. */
final class EventsResource implements Resource {
    private final Store store;
    private final Access access;
    private final EventStreams streams;

    EventsResource(Store store, Access access, EventStreams streams) {
        this.store = store;
        this.access = access;
        this.streams = streams;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                PROJECT + "/events",
                Scope.EVENTS_READ,
                "The project's changes as server-sent events, from Last-Event-ID or ?after= on",
                Output.events(ProjectEvent.class),
                this::follow));
    }

    private Answer follow(Call call) {
        return store.read(handle -> {
            StoredProject project = access.project(handle, call);
            long after = after(call, store.outbox().last(handle, project.id()));
            return streams.follow(
                    project.id(),
                    call.principal().credential(),
                    call.person().orElse(null),
                    call.principal() instanceof Principal.UserPrincipal user && user.isBrowser(),
                    after,
                    event -> Optional.of(event).filter(one -> shown(call.principal(), one)));
        });
    }

    /** A tunnel's key hears of its tunnel. */
    private static boolean shown(Principal caller, ProjectEvent event) {
        return Access.reachesAll(caller) || Access.reachesTunnel(caller, event.resource());
    }

    /** Behind which event a stream begins: the last one, unless the reader says what it has seen. */
    static long after(Call call, long last) {
        String given = call.headers().getOrDefault("last-event-id", call.query().get("after"));
        // A sequence from before a restored backup lies ahead of all: going on from now beats waiting for it.
        return Math.min(last, sequence(given, last));
    }

    private static long sequence(@Nullable String given, long otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (!given.matches("[0-9]{1,18}")) {
            throw ProblemException.invalid("after", "after: " + given + " (expected: the sequence of an event)");
        }
        return Long.parseLong(given);
    }
}
