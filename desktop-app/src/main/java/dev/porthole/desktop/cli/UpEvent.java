package dev.porthole.desktop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code porthole up} tells; as JSON, each is one object with its name in {@code event}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface UpEvent {
    /** News of one share; as JSON it is the share's own event, with the tunnel's key beside. */
    record Of(String tunnel, ShareEvent event) implements UpEvent {}

    /**
     * An edit of the file is applied.
     *
     * @param what the file's words for what is another now
     */
    @JsonTypeName("changed")
    record Changed(String tunnel, String id, List<String> what, String label, String endpoint, String url)
            implements UpEvent {}

    /** Something to know that does no harm. */
    @JsonTypeName("note")
    record Noted(String tunnel, String message) implements UpEvent {}

    /** An edit of a tunnel could not be applied, or not all of it: what ran before runs on. */
    @JsonTypeName("edit_failed")
    record EditFailed(String tunnel, String kind, String message) implements UpEvent {}

    /** The edited file is broken: nothing of it is applied. */
    @JsonTypeName("file_refused")
    record FileRefused(String file, List<String> problems) implements UpEvent {}

    /** Each tunnel has come as far as it gets by itself. */
    @JsonTypeName("started")
    record Started(List<Row> tunnels) implements UpEvent {}

    /**
     * How one tunnel stands.
     *
     * @param state starting, waiting, ready, failed or off
     * @param detail why, if it is not ready; otherwise empty
     */
    record Row(
            String tunnel,
            String state,
            String endpoint,
            @Nullable String id,
            @Nullable String url,
            String detail) {}
}
