package dev.porthole.server.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.porthole.server.store.StoreUnavailableException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** What the two databases differ in that a store may be in. All else is SQL that both take. */
interface Database {
    /** Where it is, for messages; without a password. */
    String place();

    /** Where its set of migrations is. */
    String migrations();

    /**
     * Connections for work at start, outside of the pools.
     *
     * @throws StoreException if the database can't be reached
     */
    DataSource forMigrations();

    /** A copy of what is there, before a migration changes it. */
    void keepCopy(String version);

    /** One connection that writes. */
    HikariDataSource writer();

    /** Connections that see one snapshot in each transaction, and can't write. */
    HikariDataSource readers();

    /** The first thing in a transaction that writes: when it returns, nobody else writes until the transaction ends. */
    void waitForTurn(Handle handle);

    /** Why the database could not do it, if it is the database's fault. */
    Optional<Reason> unavailable(SQLException failed);

    /** Product and version, for people. */
    String product(Handle handle);

    /** The space that it takes on the disk. */
    long bytes(Handle handle);

    /**
     * All columns of all tables, as {@code table_name}, {@code column_name}, {@code data_type}, {@code key_position}
     * (from 1, of columns of the primary key), in the tables' own order.
     */
    String columnsQuery();

    /** What a table's name needs in front, so that it can't be anything else. */
    String schema(Handle handle);

    /** The names of all schemas, in lower case. */
    Set<String> schemas(Handle handle);

    /**
     * Lets the statements of this transaction run no longer than that.
     *
     * @return ends the limit
     */
    Limit limit(Connection connection, Duration time) throws SQLException;

    /** Whether a statement failed because its time was over. */
    boolean outOfTime(SQLException failed);

    /**
     * Writes a whole, compact copy of the database to a new file, while others read and write.
     *
     * @return false if that is not this program's to do
     */
    boolean copyTo(Path file);

    /** A limit that holds until it is ended. */
    interface Limit {
        void end() throws SQLException;
    }
}
