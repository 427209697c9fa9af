package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.InvalidServerAddressException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.config.PrivateFiles;
import dev.porthole.core.headless.EndpointsAllowed;
import dev.porthole.desktop.service.AgentService;
import dev.porthole.desktop.service.UserService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "install",
        description = {
            "Installs the agent as a service of yours: it starts now, when you sign in, and again when it fails.",
            "The credential comes from PORTHOLE_CONNECTOR_TOKEN or --token-file, and is kept in a file of your own."
        },
        footerHeading = "%nExample:%n",
        footer = "  porthole agent install --server tunnels.example.com --token-file credential")
final class AgentInstallCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final CommonOptions options;
    private final ServiceOfHome service;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the credential, instead of PORTHOLE_CONNECTOR_TOKEN; it is copied.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow",
            arity = "1..*",
            paramLabel = "HOST:PORT",
            description = "Dials these alone, whatever the server says. Without it: all that its tunnels name.")
    private List<String> allow = List.of();

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            description = "Answers /health, /health/live and /health/ready on this port of loopback.")
    private @Nullable Integer healthPort;

    AgentInstallCommand(Surroundings surroundings, CommonOptions options, ServiceOfHome service) {
        this.surroundings = surroundings;
        this.options = options;
        this.service = service;
    }

    /** The document of {@code --output json}. */
    record Document(List<String> written, boolean running, String detail, List<String> next) {}

    @Override
    public Integer call() throws PortholeException {
        ServerAddress server = server();
        EndpointsAllowed _ = EndpointsAllowed.parse(allow);
        String credential = AgentCredential.of(tokenFile, surroundings.environment());
        String program = service.launcher()
                .orElseThrow(() -> new PortholeException(
                        Kind.FAILED,
                        "Nobody knows how this program was started. Run it by its launcher: porthole agent install"));
        try {
            Path kept = service.credential();
            PrivateFiles.replace(kept, (credential + "\n").getBytes(StandardCharsets.US_ASCII));
            UserService.Installed installed = service.manager()
                    .install(new AgentService(
                            program,
                            server.toString(),
                            kept,
                            service.chosenHome().orElse(null),
                            service.log(),
                            allow,
                            healthPort));
            tell(kept, installed);
        } catch (IOException failed) {
            throw new PortholeException(Kind.FAILED, "The agent can't be installed: " + failed.getMessage(), failed);
        }
        return Command.FINE;
    }

    private void tell(Path kept, UserService.Installed installed) {
        Terminal terminal = surroundings.terminal();
        List<String> written = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(kept), installed.written().stream())
                .map(Path::toString)
                .toList();
        if (options.json()) {
            terminal.print(Json.of(new Document(written, installed.running(), installed.detail(), installed.next())));
            return;
        }
        written.forEach(file -> terminal.print("wrote " + Printable.of(file)));
        terminal.say(
                installed.running()
                        ? "The agent runs, and starts when you sign in."
                        : "The agent does not run yet: " + Printable.of(installed.detail()) + ".");
        installed.next().forEach(line -> terminal.say(Printable.of(line)));
    }

    private ServerAddress server() throws PortholeException {
        String given = options.server(surroundings.environment());
        if (given == null) {
            throw new PortholeException(Kind.WRONG_USE, "server: none (expected: --server ADDRESS or PORTHOLE_SERVER)");
        }
        try {
            return ServerAddress.parse(given);
        } catch (InvalidServerAddressException wrong) {
            throw new PortholeException(Kind.WRONG_USE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
