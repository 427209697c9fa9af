package dev.porthole.server;

import dev.porthole.server.admin.DataFolder;
import dev.porthole.server.store.Restore;
import dev.porthole.server.store.StoreException;
import dev.porthole.server.telemetry.ServerLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a backup back into a data folder that no server uses. */
@Command(
        name = "restore",
        description = "Brings a backup back into an empty data folder, of a server that does not run.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            required = true,
            defaultValue = "${env:PORTHOLE_DATA_DIR}",
            description = "The server's data folder. Default: PORTHOLE_DATA_DIR.")
    private Path dataDir = Path.of("");

    @Option(names = "--force", description = "Even if the folder is not empty; what is replaced is kept beside it.")
    private boolean force;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives each command its spec");
        }
        PrintWriter err = spec.commandLine().getErr();
        // Nobody reads this command's log; what goes wrong is said in one line.
        ServerLog.setUp("error");
        try (DataFolder folder = DataFolder.take(dataDir)) {
            Restore.Done done = Restore.run(file, folder.path(), force);
            if (done.kept() != null) {
                err.println("what was there is in " + done.kept());
            }
            if (!done.database()) {
                err.println(file + ": held secret.key alone; bring the PostgreSQL database back with pg_restore");
            }
            return 0;
        } catch (StoreException failed) {
            err.println(failed.getMessage());
            return 1;
        }
    }
}
