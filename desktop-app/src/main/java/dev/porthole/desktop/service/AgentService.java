package dev.porthole.desktop.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A headless agent as a service of its user: what is started, and with which files. No secret is in it; the credential
 * is in a file that only its user may read.
 *
 * @param program the launcher, an absolute path
 * @param server the server's address
 * @param credential the file with the connector's credential
 * @param home what {@code PORTHOLE_HOME} is to be; null for the platform's folders
 * @param log the file that the system writes its output to, where it has no journal
 * @param allow what {@code --allow} names
 * @param healthPort what {@code --health-port} names; null for none
 */
public record AgentService(
        String program,
        String server,
        Path credential,
        @Nullable Path home,
        Path log,
        List<String> allow,
        @Nullable Integer healthPort) {
    public AgentService {
        allow = List.copyOf(allow);
    }

    /** The program that started this process and can start it again; empty when that was done by hand. */
    public static Optional<String> launcher() {
        return Optional.ofNullable(System.getProperty("porthole.launcher"))
                .filter(path -> !path.isBlank() && Path.of(path).isAbsolute());
    }

    /** What a service manager runs. */
    List<String> command() {
        List<String> command =
                new ArrayList<>(List.of(program, "agent", "--server", server, "--token-file", credential.toString()));
        if (healthPort != null) {
            command.addAll(List.of("--health-port", healthPort.toString()));
        }
        if (!allow.isEmpty()) {
            command.add("--allow");
            command.addAll(allow);
        }
        return command;
    }
}
