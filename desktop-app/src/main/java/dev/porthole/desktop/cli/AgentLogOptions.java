package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** How a headless agent writes its log, which is standard error: the service manager keeps it. */
final class AgentLogOptions {
    /** What a line looks like. */
    enum Format {
        /** A line for people. */
        text,
        /** One object a line. */
        json
    }

    /** From the least to the most. */
    enum Level {
        /** What ends it. */
        error,
        /** What is in its way too. */
        warn,
        /** What it does too. */
        info,
        /** What helps to find a mistake too. */
        debug;

        /** Whether a line of another level is written at this one. */
        boolean includes(Level other) {
            return other.compareTo(this) <= 0;
        }
    }

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How lines on standard error look: text or json (default: text).")
    private Format format = Format.text;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "How much is said there: error, warn, info or debug (default: info).")
    private Level level = Level.info;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "In which time zone it says when: UTC, Europe/Berlin, +01:00, or system (default: UTC).")
    private String zone = "UTC";

    AgentLines lines(Terminal terminal) throws PortholeException {
        try {
            ZoneId chosen = zone.equals("system") ? ZoneId.systemDefault() : ZoneId.of(zone);
            return new AgentLines(terminal, format, level, chosen);
        } catch (DateTimeException unknown) {
            throw new PortholeException(
                    Kind.WRONG_USE,
                    "time zone: " + zone + " (expected: a zone such as UTC, Europe/Berlin or +01:00, or system)",
                    unknown);
        }
    }
}
