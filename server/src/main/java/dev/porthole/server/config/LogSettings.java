package dev.porthole.server.config;

import java.time.ZoneId;

/**
 * What is logged, and how.
 *
 * @param level the least important level that is logged
 * @param requests what is said of each request, at the level {@code info}
 * @param zone in which times are written
 */
public record LogSettings(ServerSettings.LogLevel level, Requests requests, ZoneId zone) {
    /** What is said of each request. */
    public enum Requests {
        /** Nothing. */
        off,
        /** One line, when it is answered. */
        lines,
        /** That, and the fields of request and answer, with secrets masked. */
        detail
    }

    /** Lines, in UTC. */
    public static LogSettings of(ServerSettings.LogLevel level) {
        return new LogSettings(level, Requests.lines, ZoneId.of("UTC"));
    }
}
