package dev.porthole.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is in the tables, as text, for administrators: reads only, and never what {@link HiddenColumns} hides. Hidden
 * values don't leave the database: a table's page has the word {@value #HIDDEN} in their place, and to a question
 * ({@link #ask}) the columns are not there.
 *
 * <p>Safe from any thread; blocking.
 */
public final class DataBrowser {
    /** What stands in the place of a hidden value that is there. */
    public static final String HIDDEN = "(hidden)";

    /** Rows of an answer to a question. */
    public static final int MOST_ROWS = 100;

    /** How long a question may take. */
    public static final Duration TIME = Duration.ofSeconds(2);

    private static final int LONGEST_CELL = 1_000;
    private static final Duration TABLE_TIME = Duration.ofSeconds(10);

    /**
     * A column.
     *
     * @param key its place in the primary key, from 1; 0 outside of it
     */
    public record Column(String name, String type, int key, boolean hidden) {}

    /** A table with all of its columns. */
    public record Table(String name, List<Column> columns) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Rows as text.
     *
     * @param columns names, in the rows' order
     * @param more whether there are more rows
     */
    public record Rows(List<String> columns, List<List<@Nullable String>> rows, boolean more) {}

    private final Store store;
    private final Database database;
    /** One question at a time: it may cost what other readers need. */
    private final Semaphore asking = new Semaphore(1);

    DataBrowser(Store store, Database database) {
        this.store = store;
        this.database = database;
    }

    /** All tables, by name. */
    public List<Table> tables() {
        return store.read(this::tables);
    }

    private List<Table> tables(Handle handle) {
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        handle.createQuery(database.columnsQuery())
                .map((row, context) -> {
                    String name = row.getString("column_name");
                    String type = row.getString("data_type");
                    return columns.computeIfAbsent(row.getString("table_name"), table -> new ArrayList<>())
                            .add(new Column(name, type, row.getInt("key_position"), HiddenColumns.hides(name, type)));
                })
                .list();
        return columns.entrySet().stream()
                .map(table -> new Table(table.getKey(), table.getValue()))
                .toList();
    }

    /** One table, if there is one of that name. */
    public Optional<Table> table(String name) {
        return tables().stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** How many rows a table has. */
    public long count(Table table) {
        return store.read(handle -> handle.createQuery("SELECT count(*) FROM " + place(handle, table))
                .mapTo(Long.class)
                .one());
    }

    /**
     * A part of a table, ordered by its primary key.
     *
     * @param from how many rows are left out before it
     * @param limit rows at most
     */
    public Rows rows(Table table, long from, int limit) {
        String shown = table.columns().stream()
                .map(column -> column.hidden()
                        ? "CASE WHEN " + quoted(column.name()) + " IS NULL THEN NULL ELSE '" + HIDDEN + "' END AS "
                                + quoted(column.name())
                        : quoted(column.name()))
                .collect(Collectors.joining(", "));
        String order = table.columns().stream()
                .filter(column -> column.key() > 0)
                .sorted(Comparator.comparingInt(Column::key))
                .map(column -> quoted(column.name()))
                .collect(Collectors.joining(", "));
        return store.read(handle -> run(
                handle,
                "SELECT " + shown + " FROM " + place(handle, table)
                        + (order.isEmpty() ? "" : " ORDER BY " + order)
                        + " LIMIT " + (limit + 1L) + " OFFSET " + from,
                limit,
                TABLE_TIME));
    }

    /**
     * Answers a question in SQL: one {@code SELECT}, {@value #MOST_ROWS} rows, two seconds. See {@link AskedQuery} for
     * what it may say.
     *
     * @throws RefusedQueryException if it may not be asked, the database does not understand it, or it takes too long
     */
    public Rows ask(String sql) {
        AskedQuery query = AskedQuery.parse(sql);
        if (!asking.tryAcquire()) {
            throw new RefusedQueryException("another question is being answered; try again in a moment");
        }
        try {
            return store.read(handle -> run(
                    handle,
                    query.over(tables(handle), database.schema(handle), database.schemas(handle)),
                    MOST_ROWS,
                    TIME));
        } finally {
            asking.release();
        }
    }

    private Rows run(Handle handle, String sql, int limit, Duration time) {
        Connection connection = handle.getConnection();
        try (Statement statement = connection.createStatement()) {
            Database.Limit limited = database.limit(connection, time);
            try {
                statement.setMaxRows(limit + 1);
                try (ResultSet found = statement.executeQuery(sql)) {
                    return rows(found, limit);
                }
            } finally {
                limited.end();
            }
        } catch (SQLException failed) {
            throw refused(failed, time);
        }
    }

    private RuntimeException refused(SQLException failed, Duration time) {
        if (database.outOfTime(failed)) {
            return new RefusedQueryException("it takes longer than " + time.toSeconds() + " s");
        }
        Optional<StoreUnavailableException.Reason> reason = database.unavailable(failed);
        return reason.isPresent()
                ? new StoreUnavailableException(reason.get(), failed)
                : new RefusedQueryException(
                        String.valueOf(failed.getMessage()).lines().findFirst().orElse("the database refused it"));
    }

    private static Rows rows(ResultSet found, int limit) throws SQLException {
        ResultSetMetaData meta = found.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            columns.add(meta.getColumnLabel(column));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (found.next()) {
            if (rows.size() == limit) {
                return new Rows(columns, rows, true);
            }
            List<@Nullable String> row = new ArrayList<>();
            for (int column = 1; column <= columns.size(); column++) {
                row.add(shortened(found.getString(column)));
            }
            rows.add(row);
        }
        return new Rows(columns, rows, false);
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL) + "…";
    }

    private String place(Handle handle, Table table) {
        return quoted(database.schema(handle)) + "." + quoted(table.name());
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
