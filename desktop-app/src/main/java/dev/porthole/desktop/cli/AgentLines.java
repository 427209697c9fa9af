package dev.porthole.desktop.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.porthole.desktop.cli.AgentLogOptions.Format;
import dev.porthole.desktop.cli.AgentLogOptions.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of a headless agent's log on standard error. Any thread. */
final class AgentLines {
    /** As JSON has it; {@code event} of what the agent does, {@code logger} of what its parts remark. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String time,
            Level level,
            @Nullable String event,
            @Nullable String logger,
            @Nullable String message,
            @Nullable String tunnel) {}

    /** RFC 3339, to the millisecond. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private final Terminal terminal;
    private final Format format;
    private final Level level;
    private final ZoneId zone;

    AgentLines(Terminal terminal, Format format, Level level, ZoneId zone) {
        this.terminal = terminal;
        this.format = format;
        this.level = level;
        this.zone = zone;
    }

    Level level() {
        return level;
    }

    boolean isJson() {
        return format == Format.json;
    }

    /** When something was, as this log writes it. */
    String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    /** Something that the agent did or met. */
    void event(Instant at, Level of, String event, String message, @Nullable String tunnel) {
        if (level.includes(of)) {
            terminal.say(
                    isJson()
                            ? Json.of(new Line(time(at), of, event, null, message.isEmpty() ? null : message, tunnel))
                            : time(at) + " " + event + (message.isEmpty() ? "" : ": " + Printable.of(message)));
        }
    }

    /** What one of its parts remarks. */
    void remark(Instant at, Level of, String logger, String message) {
        if (level.includes(of)) {
            terminal.say(
                    isJson()
                            ? Json.of(new Line(time(at), of, null, logger, message, null))
                            : time(at) + " " + of + " " + logger + ": " + Printable.of(message));
        }
    }
}
