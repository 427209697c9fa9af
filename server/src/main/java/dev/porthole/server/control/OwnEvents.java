package dev.porthole.server.control;

import dev.porthole.core.api.ProjectEvent;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What an external connector hears of its project's events: those of tunnels that it is to carry as they are, and of
 * one that it is to carry no more only that it is gone. One stream's; one thread.
 */
final class OwnEvents implements Function<ProjectEvent, Optional<ProjectEvent>> {
    /** A tunnel is turned off, deleted, or another connector's. */
    static final String WITHDRAWN = "tunnel.withdrawn";

    private final String connector;
    private final Set<String> carried = ConcurrentHashMap.newKeySet();

    /** @param carried ids of the tunnels that it is to carry when the stream begins */
    OwnEvents(String connector, Set<String> carried) {
        this.connector = connector;
        this.carried.addAll(carried);
    }

    @Override
    public Optional<ProjectEvent> apply(ProjectEvent event) {
        if (!event.type().startsWith("tunnel.")) {
            return Optional.empty();
        }
        JsonNode tunnel = event.data();
        if (tunnel != null
                && tunnel.path("enabled").asBoolean()
                && tunnel.path("connector").asString("").equals(connector)) {
            carried.add(event.resource());
            return Optional.of(event);
        }
        return carried.remove(event.resource())
                ? Optional.of(new ProjectEvent(event.sequence(), WITHDRAWN, event.resource(), null, event.at()))
                : Optional.empty();
    }
}
