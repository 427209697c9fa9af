package dev.porthole.server;

import dev.porthole.server.admin.AdminClient;
import dev.porthole.server.admin.DataFolder;
import dev.porthole.server.store.Backup;
import dev.porthole.server.store.StoreException;
import dev.porthole.server.telemetry.ServerLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a backup: by the running server of a folder, or from the folder if none runs. */
@Command(
        name = "backup",
        description = "Writes database and secret.key to one new file, while the server runs or not.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup; must not be there. Only its owner can read it.")
    private Path file = Path.of("");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            required = true,
            defaultValue = "${env:PORTHOLE_DATA_DIR}",
            description = "The server's data folder. Default: PORTHOLE_DATA_DIR.")
    private Path dataDir = Path.of("");

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives each command its spec");
        }
        try {
            if (!write()) {
                spec.commandLine()
                        .getErr()
                        .println(file + ": holds secret.key alone; the database is a PostgreSQL, which pg_dump copies");
            }
            return 0;
        } catch (IOException | StoreException failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return 1;
        }
    }

    /** Whether the database is in it. */
    private boolean write() throws IOException {
        Optional<AdminClient> running = AdminClient.find(dataDir);
        if (running.isPresent()) {
            try (AdminClient server = running.get()) {
                return server.backup(file);
            }
        }
        // Nobody reads this command's log; what goes wrong is said in one line.
        ServerLog.setUp("error");
        if (!Files.isDirectory(dataDir)) {
            throw new StoreException(dataDir + ": is not there (expected: a server's data folder)");
        }
        try (DataFolder folder = DataFolder.take(dataDir)) {
            return Backup.ofStopped(folder.path(), file);
        }
    }
}
