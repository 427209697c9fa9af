package dev.porthole.core.discovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port that a program listens on.
 *
 * @param pid the program's process id; 0 when the system does not tell
 * @param process the program's short name, such as {@code node}; empty when the system does not tell
 * @param command its command line, for a details view
 * @param projectName the name of the folder or package that it runs in, such as {@code web-shop}
 * @param guess what it looks like, such as {@code Vite}; null when nothing is known
 * @param startedAt when the program started
 * @param system whether it is noise of the system that a list folds away
 */
public record ListeningPort(
        int port,
        long pid,
        String process,
        String command,
        @Nullable String projectName,
        @Nullable String guess,
        @Nullable Instant startedAt,
        boolean system) {
    /** What sort of program it seems to be. */
    public ProgramKind kind() {
        return ProgramGuess.kindOf(guess);
    }
}
