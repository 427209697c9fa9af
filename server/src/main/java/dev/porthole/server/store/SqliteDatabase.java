package dev.porthole.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.porthole.server.store.StoreUnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One file, in WAL mode with {@code synchronous=FULL}. */
final class SqliteDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    /** Steps of SQLite's machine between two looks at the clock: well under a millisecond. */
    private static final int STEPS = 10_000;

    private final Path file;

    SqliteDatabase(Path file) {
        this.file = file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public String migrations() {
        return "classpath:db/migration/sqlite";
    }

    @Override
    public DataSource forMigrations() {
        return source(false);
    }

    @Override
    public void keepCopy(String version) {
        Path copy = freeName(file.resolveSibling(file.getFileName() + ".before-migration-from-" + version));
        try {
            vacuumInto(copy);
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

    /** Atomic, and with what is in the WAL. */
    private void vacuumInto(Path copy) throws SQLException {
        try (Connection connection = source(false).getConnection();
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, copy.toString());
            vacuum.execute();
        }
    }

    private static Path freeName(Path wanted) {
        Path name = wanted;
        for (int number = 2; Files.exists(name); number++) {
            name = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return name;
    }

    @Override
    public HikariDataSource writer() {
        return new HikariDataSource(pool("store-writer", source(false), 1));
    }

    @Override
    public HikariDataSource readers() {
        HikariConfig config = pool("store-reader", source(true), READERS);
        config.setConnectionInitSql("PRAGMA query_only = ON");
        return new HikariDataSource(config);
    }

    private SQLiteDataSource source(boolean reader) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // A write transaction takes the lock when it begins: a lock that is asked for later can be refused at once.
        config.setTransactionMode(
                reader ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static HikariConfig pool(String name, SQLiteDataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        // A file's connections don't go stale.
        config.setMaxLifetime(0);
        return config;
    }

    @Override
    public void waitForTurn(Handle handle) {
        // The one writer connection is the line, and the data folder's lock keeps other servers out.
    }

    @Override
    public Optional<Reason> unavailable(SQLException failed) {
        if (failed instanceof SQLTransientConnectionException) {
            return Optional.of(Reason.AWAY);
        }
        if (!(failed instanceof SQLiteException broken)) {
            return Optional.empty();
        }
        SQLiteErrorCode code = broken.getResultCode();
        // The index of the WAL can't grow on a full disk, and says it in its own way.
        if (code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return Optional.of(Reason.FULL);
        }
        return switch (primary(code)) {
            case SQLITE_FULL -> Optional.of(Reason.FULL);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_IOERR -> Optional.of(Reason.AWAY);
            default -> Optional.empty();
        };
    }

    /** The low byte of a result is its kind (sqlite.org/rescode.html). */
    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }

    @Override
    public String product(Handle handle) {
        return "SQLite "
                + handle.createQuery("SELECT sqlite_version()")
                        .mapTo(String.class)
                        .one();
    }

    @Override
    public long bytes(Handle handle) {
        long bytes = 0;
        for (String part : new String[] {"", "-wal", "-shm"}) {
            try {
                bytes += Files.size(file.resolveSibling(file.getFileName() + part));
            } catch (IOException absent) {
                LOG.trace("{}{}: not there", file, part);
            }
        }
        return bytes;
    }

    @Override
    public String columnsQuery() {
        return "SELECT m.name AS table_name, c.name AS column_name, c.type AS data_type, c.pk AS key_position"
                + " FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                + " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";
    }

    @Override
    public String schema(Handle handle) {
        return "main";
    }

    @Override
    public Set<String> schemas(Handle handle) {
        return Set.of("main", "temp");
    }

    @Override
    public Limit limit(Connection connection, Duration time) throws SQLException {
        Connection own = connection.unwrap(SQLiteConnection.class);
        long end = System.nanoTime() + time.toNanos();
        ProgressHandler.setHandler(own, STEPS, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - end < 0 ? 0 : 1;
            }
        });
        return () -> ProgressHandler.clearHandler(own);
    }

    @Override
    public boolean outOfTime(SQLException failed) {
        return failed instanceof SQLiteException broken
                && primary(broken.getResultCode()) == SQLiteErrorCode.SQLITE_INTERRUPT;
    }

    @Override
    public boolean copyTo(Path copy) {
        try {
            vacuumInto(copy);
            return true;
        } catch (SQLException failed) {
            throw new StoreException(copy + ": can't be written: " + failed.getMessage(), failed);
        }
    }
}
