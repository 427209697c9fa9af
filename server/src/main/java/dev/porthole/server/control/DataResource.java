package dev.porthole.server.control;

import dev.porthole.core.api.DataColumn;
import dev.porthole.core.api.DataQuery;
import dev.porthole.core.api.DataRows;
import dev.porthole.core.api.DataTable;
import dev.porthole.core.api.Page;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.store.DataBrowser;
import dev.porthole.server.store.RefusedQueryException;
import dev.porthole.server.store.Store;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is in the database, for administrators, who can read it and nothing else. */
final class DataResource implements Resource {
    private static final String TABLES = API + "/admin/tables";
    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,12}");

    private static final int MOST_OF_A_QUESTION = 300;

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Scheduler scheduler;

    DataResource(Store store, Access access, Changes changes, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(TABLES, Scope.ADMIN, "The database's tables", Output.page(DataTable.class), this::tables),
                Route.get(
                        TABLES + "/{table}",
                        Scope.ADMIN,
                        "Rows of a table, by ?limit= and ?cursor=",
                        Output.one(200, DataRows.class),
                        this::rows),
                new Route(
                        "POST",
                        API + "/admin/query",
                        Scope.ADMIN,
                        "Answers one SELECT, with 100 rows at most and within 2 s",
                        DataQuery.class,
                        Output.one(200, DataRows.class),
                        this::query));
    }

    /** Few, so they are always one page. */
    private Answer tables(Call call) {
        access.requireAdministrator(call.principal());
        DataBrowser browser = store.browser();
        List<DataTable> all = browser.tables().stream()
                .map(table -> new DataTable(table.name(), browser.count(table), columns(table)))
                .toList();
        return Answer.ok(new Page<>(all, all.size(), null));
    }

    private Answer rows(Call call) {
        access.requireAdministrator(call.principal());
        DataBrowser.Table table =
                store.browser().table(call.path("table")).orElseThrow(() -> ProblemException.notFound("table"));
        long from = from(call.query().get("cursor"));
        int limit = call.limit();
        DataBrowser.Rows rows = store.browser().rows(table, from, limit);
        return answer(columns(table), rows, rows.more() ? Long.toString(from + limit) : null);
    }

    private static long from(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        if (!CURSOR.matcher(cursor).matches()) {
            throw ProblemException.invalid("cursor", "cursor: not one that a page gave as next");
        }
        return Long.parseLong(cursor);
    }

    private Answer query(Call call) {
        access.requireAdministrator(call.principal());
        String sql = call.body(DataQuery.class).sql();
        try {
            DataBrowser.Rows rows = store.browser().ask(sql);
            store.writeOnly(handle -> changes.noted(
                    handle, call.actor(), null, "data.asked", "database", shortened(sql), scheduler.now()));
            return answer(
                    rows.columns().stream()
                            .map(name -> new DataColumn(name, "", false))
                            .toList(),
                    rows,
                    null);
        } catch (RefusedQueryException refused) {
            throw ProblemException.invalid("sql", "sql: " + refused.getMessage());
        }
    }

    /** The whole question, in one line, if it is short. */
    private static String shortened(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_OF_A_QUESTION ? line : line.substring(0, MOST_OF_A_QUESTION) + "…";
    }

    /** NullAway does not see what may be null inside of a type that was compiled before. */
    @SuppressWarnings("NullAway")
    private static Answer answer(List<DataColumn> columns, DataBrowser.Rows rows, @Nullable String next) {
        return Answer.ok(new DataRows(columns, rows.rows(), next, rows.more()));
    }

    private static List<DataColumn> columns(DataBrowser.Table table) {
        return table.columns().stream()
                .map(column -> new DataColumn(column.name(), column.type(), column.hidden()))
                .toList();
    }
}
