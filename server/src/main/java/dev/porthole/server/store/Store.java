package dev.porthole.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The server's database: {@code server.db} in its data folder (SQLite), or a PostgreSQL. What was acknowledged survives
 * {@code kill -9}.
 *
 * <p>There is one writer connection: writes stand in line here instead of failing, and what {@link Handle#afterCommit}
 * registered runs in the order of the commits, before the next write begins. Such a hook must be short, and must not
 * write. Where several nodes share a PostgreSQL, there is one writer at a time over all of them. Readers have
 * connections of their own and see a snapshot; they wait for nobody.
 *
 * <p>Blocking: called on virtual threads. Safe from any thread.
 */
public final class Store implements AutoCloseable {
    /** The database's name in the data folder. */
    public static final String FILE = "server.db";

    /** What the pool says of a connection that it has found broken while it was in use. */
    private static final String CLOSED = "Connection is closed";

    private final Database database;
    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writer;
    private final Jdbi readers;
    private final DataBrowser browser;
    private final ThreadLocal<Boolean> writing = ThreadLocal.withInitial(() -> false);

    private final Users users = new SqlUsers();
    private final Projects projects = new SqlProjects();
    private final Tunnels tunnels = new SqlTunnels();
    private final Connectors connectors = new SqlConnectors();
    private final Outbox outbox = new SqlOutbox();
    private final AuditLog audit = new SqlAuditLog();
    private final IdempotencyKeys idempotencyKeys = new SqlIdempotencyKeys();
    private final Members members = new SqlMembers();
    private final Invitations invitations = new SqlInvitations();
    private final Keys keys = new SqlKeys();

    private Store(Database database, HikariDataSource writerPool, HikariDataSource readerPool) {
        this.database = database;
        this.writerPool = writerPool;
        this.readerPool = readerPool;
        this.writer = Jdbi.create(writerPool);
        this.readers = Jdbi.create(readerPool);
        this.browser = new DataBrowser(this, database);
    }

    /**
     * Opens the folder's own database; makes or migrates it first, after a backup copy of one that holds something.
     *
     * @throws StoreException if the database was made by a newer Porthole, or can't be opened
     */
    public static Store open(Path dataFolder) {
        return open(dataFolder, null);
    }

    /**
     * Opens a database; makes or migrates its tables first.
     *
     * @param url a PostgreSQL's; null for the folder's own database
     * @throws StoreException if the database was made by a newer Porthole, or can't be opened or reached
     */
    public static Store open(Path dataFolder, @Nullable DatabaseUrl url) {
        Backup.requireWhole(dataFolder);
        Database database =
                url == null ? new SqliteDatabase(dataFolder.resolve(FILE).toAbsolutePath()) : new PostgresDatabase(url);
        Migrations.run(database);
        HikariDataSource writerPool = database.writer();
        try {
            return new Store(database, writerPool, database.readers());
        } catch (RuntimeException failed) {
            writerPool.close();
            throw failed;
        }
    }

    /**
     * Runs one transaction on the writer connection: all of it is on the disk when this returns, or none of it is.
     *
     * @throws IllegalStateException if called inside a write of the same thread, which would wait for itself
     * @throws StoreUnavailableException if the database can't do it now
     */
    public <T> T write(Function<Handle, T> work) {
        if (writing.get()) {
            throw new IllegalStateException("a write inside a write: pass the outer one's handle on instead");
        }
        writing.set(true);
        try {
            return writer.inTransaction(handle -> {
                database.waitForTurn(handle);
                return work.apply(handle);
            });
        } catch (JdbiException failed) {
            throw unavailableOr(failed);
        } finally {
            writing.remove();
        }
    }

    /** {@link #write} for work without a result. */
    public void writeOnly(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /**
     * Runs queries on one snapshot of the data; writing there fails.
     *
     * @throws StoreUnavailableException if the database can't do it now
     */
    public <T> T read(Function<Handle, T> work) {
        try {
            return readers.inTransaction(work::apply);
        } catch (JdbiException failed) {
            throw unavailableOr(failed);
        }
    }

    private RuntimeException unavailableOr(JdbiException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                Optional<StoreUnavailableException.Reason> reason = CLOSED.equals(sql.getMessage())
                        ? Optional.of(StoreUnavailableException.Reason.AWAY)
                        : database.unavailable(sql);
                if (reason.isPresent()) {
                    // The transaction may have been ended under the connection: a fresh one knows where it stands.
                    writerPool.getHikariPoolMXBean().softEvictConnections();
                    return new StoreUnavailableException(reason.get(), failed);
                }
            }
        }
        return failed;
    }

    public Users users() {
        return users;
    }

    public Projects projects() {
        return projects;
    }

    public Tunnels tunnels() {
        return tunnels;
    }

    public Connectors connectors() {
        return connectors;
    }

    public Outbox outbox() {
        return outbox;
    }

    public AuditLog audit() {
        return audit;
    }

    public IdempotencyKeys idempotencyKeys() {
        return idempotencyKeys;
    }

    public Members members() {
        return members;
    }

    public Invitations invitations() {
        return invitations;
    }

    public Keys keys() {
        return keys;
    }

    /** Whether the database answers now. */
    public boolean answers() {
        return read(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one() == 1);
    }

    /** What is in the tables, for administrators. */
    public DataBrowser browser() {
        return browser;
    }

    /** What the database is, now. */
    public DatabaseFacts facts() {
        return read(handle ->
                new DatabaseFacts(database.product(handle), database.bytes(handle), DatabaseFacts.schema(handle)));
    }

    /**
     * Writes a whole, compact copy of the database to a new file, while others read and write.
     *
     * @return false on a PostgreSQL, whose copies are its operator's
     * @throws StoreException if it can't be written
     */
    public boolean copyTo(Path file) {
        return database.copyTo(file);
    }

    /** Lets running work end and closes the database. */
    @Override
    public void close() {
        readerPool.close();
        writerPool.close();
    }
}
