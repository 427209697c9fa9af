package dev.porthole.server;

import dev.porthole.server.admin.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the running server of a folder for an API key, and prints the key alone. */
@Command(
        name = "token",
        description = "Creates an API key and prints it; the server must be running.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data-dir", paramLabel = "DIR", required = true, description = "The server's data folder.")
    private Path dataDir = Path.of("");

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "Whose key it is.")
    private String user = "";

    @Option(names = "--project", paramLabel = "P", description = "Its project's name or id. Default: the first.")
    private @Nullable String project;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives each command its spec");
        }
        try (AdminClient server = AdminClient.connect(dataDir)) {
            spec.commandLine().getOut().println(server.token(user, project));
            return 0;
        } catch (IOException failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return 1;
        }
    }
}
