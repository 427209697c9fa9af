package dev.porthole.server.store;

import dev.porthole.core.api.ProjectEvent;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What changed in each project, numbered without gaps, for the event stream. */
public interface Outbox {
    /** Appends a row and gives its sequence. Part of the change's own transaction. */
    long append(Handle handle, String project, String type, String resource, @Nullable JsonNode data, Instant at);

    /** The rows behind a sequence, in order. */
    List<ProjectEvent> after(Handle handle, String project, long sequence, int limit);

    /**
     * Deletes rows from before a time, and of each project all but its newest ones. Sequences are never used again.
     *
     * @param most rows to keep of each project
     */
    void removeOld(Handle handle, Instant before, int most);

    /** The newest row's sequence; 0 before the first. */
    long last(Handle handle, String project);
}
