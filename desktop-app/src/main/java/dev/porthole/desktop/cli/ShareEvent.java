package dev.porthole.desktop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.porthole.core.traffic.PassedRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a running share tells; as JSON, each is one object with its name in {@code event}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface ShareEvent {
    /** The tunnel exists and its address is known. */
    @JsonTypeName("created")
    record Created(String id, String label, String endpoint, String url) implements ShareEvent {}

    /** Another process of this home carries the tunnel: this one watches it, and leaves it on. */
    @JsonTypeName("joined")
    record Joined(String id, String label, String endpoint, String url) implements ShareEvent {}

    /**
     * News of a step.
     *
     * @param stage accepted, connected, routed, endpoint or answering
     * @param state started, waiting or done
     * @param seconds since the share began
     */
    @JsonTypeName("stage")
    record Stage(
            String stage,
            String state,
            double seconds,
            @Nullable String detail) implements ShareEvent {}

    /**
     * A request went through the public address and back.
     *
     * @param seconds since the share began, or since it was lost
     */
    @JsonTypeName("ready")
    record Ready(
            String id,
            String label,
            String url,
            double seconds,
            @Nullable String connector) implements ShareEvent {}

    /** The link to the server is gone, and the next dial is planned. */
    @JsonTypeName("reconnecting")
    record Reconnecting(String reason, Instant nextAttempt) implements ShareEvent {}

    /** Visitors are not served at the moment. */
    @JsonTypeName("lost")
    record Lost(String id, String reason) implements ShareEvent {}

    /**
     * The program refuses the name that visitors use; told once.
     *
     * @param app what it seems to be, such as {@code Vite}
     * @param setting where it lists the names that it takes
     * @param advice what to change, for people
     */
    @JsonTypeName("blocked_host")
    record Blocked(String id, String app, String setting, String advice) implements ShareEvent {}

    /**
     * A visitor's request is over; told on demand.
     *
     * @param path without its query
     * @param milliseconds from its head to the end of its answer, on this computer
     * @param request what the server's log calls it
     * @param missed requests before it that came faster than they could be told
     */
    @JsonTypeName("request")
    record Request(String id, String method, String path, int status, long milliseconds, String request, int missed)
            implements ShareEvent {
        static Request of(PassedRequest passed) {
            return new Request(
                    passed.tunnel(),
                    passed.method(),
                    passed.target(),
                    passed.status(),
                    passed.took().toMillis(),
                    passed.id(),
                    passed.missed());
        }

        /** The access line without its id. */
        String shortly() {
            return Printable.of(method) + " " + Printable.of(path) + " -> " + status + " in " + milliseconds + " ms";
        }
    }

    /** Someone asked for the end, and what that takes is under way. For people alone: a program asked itself. */
    @JsonTypeName("stopping")
    record Stopping() implements ShareEvent {}

    /** The tunnel is off, and keeps its name. */
    @JsonTypeName("stopped")
    record Stopped(@Nullable String id, String reason) implements ShareEvent {}

    /**
     * It could not be done.
     *
     * @param kind as {@link dev.porthole.core.PortholeException.Kind} has it, in lower case
     */
    @JsonTypeName("error")
    record Failed(String kind, String message) implements ShareEvent {}

    /**
     * News of the GitHub App whose webhook follows the tunnel; the tunnel is none the better or worse for it.
     *
     * @param url where deliveries go, or were to go
     * @param state set, retrying or failed
     * @param message what is wrong and what to do; null if it is set
     */
    @JsonTypeName("webhook")
    record Webhook(
            String app,
            @Nullable String url,
            String state,
            @Nullable String message) implements ShareEvent {
        /** One line. */
        String forPeople(Terminal terminal) {
            return message == null
                    ? "Webhook of app " + Printable.of(app) + ": " + Printable.of(String.valueOf(url))
                    : terminal.bad("Webhook not set") + ": " + Printable.of(message);
        }
    }
}
