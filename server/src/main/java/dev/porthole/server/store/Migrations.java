package dev.porthole.server.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to this release's schema, never an unknown one, and never without a copy of what was there. */
final class Migrations {
    private Migrations() {}

    static void run(Database database) {
        DataSource source = database.forMigrations();
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations(database.migrations())
                    .failOnMissingLocations(true)
                    .load();
            MigrationInfo current = flyway.info().current();
            if (current != null && isFromTheFuture(flyway.info().applied())) {
                throw new StoreException(database.place() + ": made by a newer Porthole (schema " + current.getVersion()
                        + "); start that release, or bring back a backup");
            }
            if (current != null && flyway.info().pending().length > 0) {
                database.keepCopy(current.getVersion().getVersion());
            }
            flyway.migrate();
        } catch (FlywayException failed) {
            throw new StoreException(database.place() + ": can't be opened: " + firstLine(failed), failed);
        }
    }

    private static boolean isFromTheFuture(MigrationInfo[] applied) {
        return Arrays.stream(applied)
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    }

    private static String firstLine(Throwable failed) {
        return String.valueOf(failed.getMessage()).strip().lines().findFirst().orElse("no reason given");
    }
}
