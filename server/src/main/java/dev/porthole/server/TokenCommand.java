package dev.porthole.server;

import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.admin.AdminCommands.RefusedException;
import dev.porthole.server.config.Configuration;
import dev.porthole.server.config.ConfigurationException;
import dev.porthole.server.config.LogSettings;
import dev.porthole.server.config.ServerSettings;
import dev.porthole.server.store.StoreException;
import dev.porthole.server.telemetry.ServerLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an API key and prints it alone: through the running server of a folder, or in the folder if none runs. */
@Command(name = "token", description = "Creates an API key and prints it.", mixinStandardHelpOptions = true)
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
        try {
            spec.commandLine().getOut().println(key());
            return 0;
        } catch (IOException | RefusedException | ConfigurationException | StoreException failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return 1;
        }
    }

    private String key() throws IOException, RefusedException, ConfigurationException {
        Optional<AdminClient> running = AdminClient.find(dataDir);
        if (running.isEmpty()) {
            // Nobody reads this command's log; what goes wrong is said in one line.
            ServerLog.setUp(LogSettings.of(ServerSettings.LogLevel.error));
            return new StoppedServer(dataDir, Configuration.database(System.getenv())).token(user, project);
        }
        try (AdminClient server = running.get()) {
            return server.token(user, project);
        }
    }
}
