package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "uninstall",
        description = "Ends the agent's service and removes its file and the copy of its credential.")
final class AgentUninstallCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final CommonOptions options;
    private final ServiceOfHome service;

    AgentUninstallCommand(Surroundings surroundings, CommonOptions options, ServiceOfHome service) {
        this.surroundings = surroundings;
        this.options = options;
        this.service = service;
    }

    /** The document of {@code --output json}. */
    record Document(boolean removed, String detail) {}

    @Override
    public Integer call() throws PortholeException {
        Terminal terminal = surroundings.terminal();
        try {
            boolean there = Files.exists(service.manager().file());
            String left = service.manager().uninstall();
            boolean removed = Files.deleteIfExists(service.credential()) || there;
            if (options.json()) {
                terminal.print(Json.of(new Document(removed, left)));
            } else {
                terminal.say(removed ? "The agent's service is gone." : "There was no service.");
                if (!left.isEmpty()) {
                    terminal.say("It may still run: " + Printable.of(left) + ".");
                }
            }
            return left.isEmpty() ? Command.FINE : Kind.FAILED.exitCode();
        } catch (IOException failed) {
            throw new PortholeException(Kind.FAILED, "The service can't be removed: " + failed.getMessage(), failed);
        }
    }
}
