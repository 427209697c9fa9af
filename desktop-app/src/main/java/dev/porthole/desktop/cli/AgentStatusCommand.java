package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.desktop.service.UserService;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "status",
        description =
                "Shows whether the agent's service is installed and runs: exit code 0 if it runs, 1 if not, 4 if it is not installed.")
final class AgentStatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final CommonOptions options;
    private final ServiceOfHome service;

    AgentStatusCommand(Surroundings surroundings, CommonOptions options, ServiceOfHome service) {
        this.surroundings = surroundings;
        this.options = options;
        this.service = service;
    }

    /** The document of {@code --output json}. */
    record Document(boolean installed, boolean running, String detail, String file, List<String> logs) {}

    @Override
    public Integer call() throws PortholeException {
        Terminal terminal = surroundings.terminal();
        UserService manager = service.manager();
        UserService.Status status;
        try {
            status = manager.status();
        } catch (IOException unknown) {
            throw new PortholeException(
                    Kind.FAILED, "The service manager can't be asked: " + unknown.getMessage(), unknown);
        }
        String file = manager.file().toString();
        if (options.json()) {
            terminal.print(
                    Json.of(new Document(status.installed(), status.running(), status.detail(), file, manager.logs())));
        } else {
            terminal.print("installed: " + (status.installed() ? Printable.of(file) : "no"));
            terminal.print("running:   " + (status.running() ? "yes" : "no"));
            terminal.print("state:     " + Printable.of(status.detail()));
            manager.logs().forEach(line -> terminal.say(Printable.of(line)));
        }
        if (!status.installed()) {
            return Kind.NOT_FOUND.exitCode();
        }
        return status.running() ? Command.FINE : Kind.FAILED.exitCode();
    }
}
