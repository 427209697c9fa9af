package dev.porthole.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The server's database: {@code server.db} in its data folder, SQLite in WAL mode with {@code synchronous=FULL}, so
 * that what was acknowledged survives {@code kill -9}.
 *
 * <p>There is one writer connection: writes stand in line here instead of failing with {@code SQLITE_BUSY}, and what
 * {@link Handle#afterCommit} registered runs in the order of the commits, before the next write begins. Such a hook
 * must be short, and must not write. Readers have connections of their own and see a snapshot; they wait for nobody.
 *
 * <p>Blocking: called on virtual threads. Safe from any thread.
 */
public final class Store implements AutoCloseable {
    /** The database's name in the data folder. */
    public static final String FILE = "server.db";

    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final HikariDataSource writerPool;
    private final HikariDataSource readerPool;
    private final Jdbi writer;
    private final Jdbi readers;
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

    private Store(HikariDataSource writerPool, HikariDataSource readerPool) {
        this.writerPool = writerPool;
        this.readerPool = readerPool;
        this.writer = Jdbi.create(writerPool);
        this.readers = Jdbi.create(readerPool);
    }

    /**
     * Opens the folder's database; makes or migrates it first, after a backup copy of one that holds something.
     *
     * @throws StoreException if the database was made by a newer Porthole, or can't be opened
     */
    public static Store open(Path dataFolder) {
        Path file = dataFolder.resolve(FILE).toAbsolutePath();
        Migrations.run(file, dataSource(file, false));
        HikariDataSource writerPool = pool("store-writer", dataSource(file, false), 1);
        try {
            return new Store(writerPool, pool("store-reader", dataSource(file, true), READERS));
        } catch (RuntimeException failed) {
            writerPool.close();
            throw failed;
        }
    }

    /**
     * Runs one transaction on the writer connection: all of it is on the disk when this returns, or none of it is.
     *
     * @throws IllegalStateException if called inside a write of the same thread, which would wait for itself
     */
    public <T> T write(Function<Handle, T> work) {
        if (writing.get()) {
            throw new IllegalStateException("a write inside a write: pass the outer one's handle on instead");
        }
        writing.set(true);
        try {
            return writer.inTransaction(work::apply);
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

    /** Runs queries on one snapshot of the data; writing there fails. */
    public <T> T read(Function<Handle, T> work) {
        return readers.inTransaction(work::apply);
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

    /** Lets running work end and closes the file. */
    @Override
    public void close() {
        readerPool.close();
        writerPool.close();
    }

    private static SQLiteDataSource dataSource(Path file, boolean reader) {
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

    private static HikariDataSource pool(String name, SQLiteDataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        // A file's connections don't go stale.
        config.setMaxLifetime(0);
        if (name.equals("store-reader")) {
            config.setConnectionInitSql("PRAGMA query_only = ON");
        }
        return new HikariDataSource(config);
    }
}
