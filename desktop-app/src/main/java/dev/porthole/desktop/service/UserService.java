package dev.porthole.desktop.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The system's way to keep a headless agent running for its user. Each kind writes and removes exactly its own file.
 * Calls block for seconds.
 */
public interface UserService {
    /**
     * What was done.
     *
     * @param written the files
     * @param running whether it runs now
     * @param detail why not; empty if it does
     * @param next what people can do now: see its log, or start it by hand
     */
    record Installed(List<Path> written, boolean running, String detail, List<String> next) {
        public Installed {
            written = List.copyOf(written);
            next = List.copyOf(next);
        }
    }

    /**
     * How it is.
     *
     * @param installed whether its file is there
     * @param running whether it runs
     * @param detail in the manager's words
     */
    record Status(boolean installed, boolean running, String detail) {}

    /** The file that is the service. */
    Path file();

    /** Writes it, starts it now and at each sign-in from now on; installing again takes what is new. */
    Installed install(AgentService service) throws IOException;

    /** Ends it and removes its file; of one that is not there nothing. Gives what could not be done; empty for all. */
    String uninstall() throws IOException;

    Status status() throws IOException;

    /** Lines that say how to see its log. */
    List<String> logs();

    /** The way of this system. */
    static UserService of(
            Map<String, String> environment, String osName, Path userHome, Path state, Programs programs) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return new ScheduledTask(state.resolve("agent-task.xml"), state.resolve("agent.log"), programs);
        }
        return os.startsWith("mac")
                ? LaunchdService.in(userHome, state, programs)
                : SystemdService.in(environment, userHome, programs);
    }
}
