package dev.porthole.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.porthole.server.store.StoreUnavailableException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL, which other nodes may write to as well. Whoever writes takes one advisory lock first, so that there is
 * one writer at a time over all nodes; READ COMMITTED lets each statement after that see all that others have written.
 */
final class PostgresDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final int READERS = 8;
    /** "Porthole", as a number that no other program is likely to take. */
    private static final long WRITERS = 0x506f7274686f6c65L;

    /** Longer than any line of waiting writers that will come to its end. */
    private static final Duration LINE = Duration.ofSeconds(10);

    private static final int CONNECT_SECONDS = 5;
    /** Longer than any statement may run: what is silent for so long is gone. */
    private static final int SILENCE_SECONDS = 90;

    private static final String READ_ONLY = "25006";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CANCELED = "57014";
    private static final String DISK_FULL = "53100";

    private final DatabaseUrl url;

    PostgresDatabase(DatabaseUrl url) {
        this.url = url;
    }

    @Override
    public String place() {
        return url.toString();
    }

    @Override
    public String migrations() {
        return "classpath:db/migration/postgresql";
    }

    @Override
    public DataSource forMigrations() {
        // A migration may be long, so it has no time limit.
        PGSimpleDataSource source = new ShortAddress(
                url.jdbc(), "ApplicationName=porthole&tcpKeepAlive=true&connectTimeout=" + CONNECT_SECONDS);
        who(source);
        try (Connection connection = source.getConnection()) {
            LOG.debug("{}: {}", url, connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException failed) {
            throw new StoreException(
                    url + ": can't be reached: "
                            + String.valueOf(failed.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no reason given"),
                    failed);
        }
        return source;
    }

    @Override
    public void keepCopy(String version) {
        LOG.info(
                "{}: will be migrated from schema {}; a copy from before is its operator's to make (pg_dump)",
                url,
                version);
    }

    @Override
    public HikariDataSource writer() {
        HikariConfig config = pool("store-writer", 1);
        // The last one ends a transaction, and gives its lock back, whose node is gone without a word.
        config.setConnectionInitSql("SET lock_timeout = '10s'; SET statement_timeout = '60s';"
                + " SET idle_in_transaction_session_timeout = '60s'");
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    @Override
    public HikariDataSource readers() {
        HikariConfig config = pool("store-reader", READERS);
        // Compiling a question of the data page takes a second and more, and answering it a millisecond.
        config.setConnectionInitSql("SET statement_timeout = '60s'; SET jit = off");
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return new HikariDataSource(config);
    }

    private HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(LINE.toMillis());
        return config;
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setApplicationName("porthole");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SILENCE_SECONDS);
        source.setTcpKeepAlive(true);
        source.setUrl(url.jdbc());
        who(source);
        return source;
    }

    private void who(PGSimpleDataSource source) {
        if (url.user() != null) {
            source.setUser(url.user());
        }
        if (url.password() != null) {
            source.setPassword(url.password());
        }
    }

    /**
     * A source whose connections have a short address. The driver's own names each of its hundred settings, and Flyway
     * looks through a connection's address for secrets, several times: a second at each start.
     */
    private static final class ShortAddress extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;

        private final String address;

        ShortAddress(String jdbc, String settings) {
            this.address = jdbc + (jdbc.contains("?") ? "&" : "?") + settings;
        }

        @Override
        public String getUrl() {
            return address;
        }
    }

    @Override
    public void waitForTurn(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", WRITERS);
    }

    @Override
    public Optional<Reason> unavailable(SQLException failed) {
        if (failed instanceof SQLTransientConnectionException) {
            return Optional.of(Reason.AWAY);
        }
        String state = failed.getSQLState();
        if (state == null) {
            return Optional.empty();
        }
        if (state.equals(DISK_FULL)) {
            return Optional.of(Reason.FULL);
        }
        // 08: connection; 53: resources; 57: an operator's doing; 58: its system's. A standby can only read.
        boolean away = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals(LOCK_NOT_AVAILABLE)
                || isStandby(state, failed);
        return away ? Optional.of(Reason.AWAY) : Optional.empty();
    }

    private static boolean isStandby(String state, SQLException failed) {
        return state.equals(READ_ONLY) && String.valueOf(failed.getMessage()).contains("recovery");
    }

    @Override
    public String product(Handle handle) {
        return "PostgreSQL "
                + handle.createQuery("SHOW server_version").mapTo(String.class).one();
    }

    @Override
    public long bytes(Handle handle) {
        return handle.createQuery("SELECT pg_database_size(current_database())")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public String columnsQuery() {
        // Not from information_schema: its views of keys take a second.
        return "SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, NULL) AS data_type,"
                + " coalesce((SELECT k.position FROM unnest(p.indkey) WITH ORDINALITY AS k (attnum, position)"
                + " WHERE k.attnum = a.attnum), 0) AS key_position"
                + " FROM pg_class c"
                + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                + " LEFT JOIN pg_index p ON p.indrelid = c.oid AND p.indisprimary"
                + " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = to_regnamespace(quote_ident(current_schema()))"
                + " ORDER BY c.relname, a.attnum";
    }

    @Override
    public String schema(Handle handle) {
        return handle.createQuery("SELECT current_schema()").mapTo(String.class).one();
    }

    @Override
    public Set<String> schemas(Handle handle) {
        return handle.createQuery("SELECT lower(nspname) FROM pg_namespace")
                .mapTo(String.class)
                .set();
    }

    @Override
    public Limit limit(Connection connection, Duration time) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + time.toMillis());
        }
        // It ends with the transaction.
        return () -> {};
    }

    @Override
    public boolean outOfTime(SQLException failed) {
        return CANCELED.equals(failed.getSQLState());
    }

    @Override
    public boolean copyTo(Path file) {
        return false;
    }
}
