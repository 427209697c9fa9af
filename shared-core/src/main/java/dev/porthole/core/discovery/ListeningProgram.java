package dev.porthole.core.discovery;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a scanner found out about the program behind a port; turns it into what is shown. */
record ListeningProgram(
        int port,
        long pid,
        String process,
        String command,
        @Nullable Path folder,
        @Nullable Instant startedAt) {
    ListeningPort describe() {
        return new ListeningPort(
                port,
                pid,
                process,
                command,
                folder == null ? null : ProjectNames.of(folder),
                ProgramGuess.of(process, command, port),
                startedAt,
                SystemNoise.is(process, command, port, pid));
    }
}
