package dev.porthole.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to this release's schema, never an unknown one, and never without a copy of what was there. */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String LOCATION = "classpath:db/migration/sqlite";

    private Migrations() {}

    static void run(Path file, DataSource source) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations(LOCATION)
                    .failOnMissingLocations(true)
                    .load();
            MigrationInfo current = flyway.info().current();
            if (current != null && isFromTheFuture(flyway.info().applied())) {
                throw new StoreException(file + ": made by a newer Porthole (schema " + current.getVersion()
                        + "); start that release, or bring back a backup");
            }
            if (current != null && flyway.info().pending().length > 0) {
                backUp(file, source, current.getVersion().getVersion());
            }
            flyway.migrate();
        } catch (FlywayException failed) {
            throw new StoreException(file + ": can't be opened: " + firstLine(failed), failed);
        }
    }

    private static boolean isFromTheFuture(MigrationInfo[] applied) {
        return Arrays.stream(applied)
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    }

    /** A whole, compact copy beside the database; {@code VACUUM INTO} is atomic and includes what is in the WAL. */
    private static void backUp(Path file, DataSource source, String version) {
        Path copy = freeName(file.resolveSibling(file.getFileName() + ".before-migration-from-" + version));
        try (Connection connection = source.getConnection();
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, copy.toString());
            vacuum.execute();
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
        } catch (SQLException | IOException failed) {
            throw new StoreException(
                    copy + ": the backup before a migration failed: " + failed.getMessage() + "; nothing was changed",
                    failed);
        } catch (UnsupportedOperationException noPosix) {
            LOG.debug("{}: this file system has no modes", copy);
        }
        LOG.info("{}: copied to {} before its migration", file, copy);
    }

    private static Path freeName(Path wanted) {
        Path name = wanted;
        for (int number = 2; Files.exists(name); number++) {
            name = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return name;
    }

    private static String firstLine(Throwable failed) {
        return String.valueOf(failed.getMessage()).strip().lines().findFirst().orElse("no reason given");
    }
}
