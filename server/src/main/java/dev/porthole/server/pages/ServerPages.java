package dev.porthole.server.pages;

import dev.porthole.core.api.DataColumn;
import dev.porthole.core.api.DataRows;
import dev.porthole.core.api.DataTable;
import dev.porthole.core.api.ServerHealth;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Pager;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.control.ApiResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server is, and what its database holds, for administrators. Nothing here changes anything. */
final class ServerPages {
    static final String HEALTH = PageCall.API + "/admin/health";
    static final String TABLES = PageCall.API + "/admin/tables";
    private static final String QUERY = PageCall.API + "/admin/query";
    private static final String DATA = "/console/admin/data";

    private ServerPages() {}

    static void mountHealth(Console.Mounting at) {
        at.page("/console/admin/health", ServerPages::health);
    }

    static void mountData(Console.Mounting at) {
        at.page(DATA, call -> call.show(data(call, "", null)))
                .form(DATA, ServerPages::query)
                .page(DATA + "/{table}", ServerPages::table);
    }

    private static void health(PageCall call) throws NotShownException {
        ServerHealth health = call.get(ServerHealth.class, HEALTH);
        call.show(new Sheet(
                call.ofAdministration("health"),
                "Server",
                "",
                List.of(Sheet.Go.to("Refresh", "/console/admin/health")),
                List.of(new Sheet.Facts(
                        "",
                        List.of(
                                fact("Version", health.version()),
                                new Sheet.Fact("Started", Sheet.Cell.at(health.startedAt(), "")),
                                fact("Up for", span(Duration.ofSeconds(health.uptimeSeconds()))),
                                fact("Sessions of agents", Integer.toString(health.sessions())),
                                fact("Tunnels", Long.toString(health.tunnels())),
                                fact("Database", health.database() + ", " + bytes(health.databaseBytes())),
                                fact("Schema", health.schema()),
                                fact("Memory in use", bytes(health.heapBytes())))))));
    }

    private static Sheet.Fact fact(String name, String value) {
        return new Sheet.Fact(name, Sheet.Cell.words(value));
    }

    /** Such as {@code 3 d 4 h}, {@code 5 min}. */
    static String span(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() + " min";
    }

    /** Such as {@code 12.3 MiB}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < 4) {
            value /= 1024;
            unit++;
        }
        return String.format(java.util.Locale.ROOT, "%.1f %siB", value, " KMGT".charAt(unit));
    }

    private static Sheet data(PageCall call, String sql, @Nullable DataRows answer) throws NotShownException {
        List<Sheet.Section> sections = new ArrayList<>();
        sections.add(new Sheet.Ask(
                "Ask",
                DATA,
                false,
                false,
                List.of(new Form.Text(
                        "sql",
                        "One SELECT",
                        "textarea",
                        sql,
                        "It can only read: 100 rows at most, within 2 seconds. Secrets are not shown.",
                        true,
                        10_000,
                        null)),
                "Ask"));
        if (answer != null) {
            sections.add(rows("Answer", answer, null));
            if (answer.more()) {
                sections.add(new Sheet.Words("", List.of("There are more rows than these.")));
            }
        }
        sections.add(new Sheet.Table(
                "Tables",
                List.of("Name", "Rows", "Columns"),
                call.list(DataTable.class, TABLES).items().stream()
                        .map(ServerPages::row)
                        .toList(),
                null,
                "tables",
                "No tables."));
        return new Sheet(call.ofAdministration("data"), "Data", "What the database holds.", List.of(), sections);
    }

    private static Sheet.Row row(DataTable table) {
        return Sheet.Row.of(
                new Sheet.Link(table.name(), DATA + "/" + PageCall.encoded(table.name())),
                Sheet.Cell.words(Long.toString(table.rows())),
                Sheet.Cell.words(
                        String.join(", ", table.columns().stream().map(DataColumn::name).toList())));
    }

    private static void query(PageCall call) throws NotShownException {
        String sql = call.visit().field("sql");
        switch (call.call(ApiRequest.of("POST", QUERY).body(Map.of("sql", sql)))) {
            case ApiResult.Done done -> call.show(data(call, sql, done.as(DataRows.class)));
            case ApiResult.Refused refused ->
                call.show(refused.problem().status(), data(call, sql, null).failed(Problems.line(refused.problem())));
        }
    }

    private static void table(PageCall call) throws NotShownException {
        Frame frame = call.ofAdministration("data");
        String name = call.visit().path("table");
        String self = DATA + "/" + PageCall.encoded(name);
        String cursor = call.visit().query("cursor");
        DataRows rows = call.need(ApiRequest.of("GET", TABLES + "/{table}", name).query("cursor", cursor))
                .as(DataRows.class);
        long total = call.list(DataTable.class, TABLES).items().stream()
                .filter(table -> table.name().equals(name))
                .mapToLong(DataTable::rows)
                .sum();
        Pager pager = new Pager(
                rows.rows().size(),
                total,
                rows.next() == null ? null : self + "?cursor=" + PageCall.encoded(rows.next()),
                cursor.isEmpty() ? null : self);
        call.show(new Sheet(
                frame, name, "", List.of(Sheet.Go.to("All tables", DATA)), List.of(rows("", rows, pager))));
    }

    private static Sheet.Table rows(String heading, DataRows rows, @Nullable Pager pager) {
        return new Sheet.Table(
                heading,
                rows.columns().stream().map(DataColumn::name).toList(),
                rows.rows().stream().map(ServerPages::row).toList(),
                pager,
                "rows",
                "No rows.");
    }

    private static Sheet.Row row(List<@Nullable String> values) {
        List<Sheet.Cell> cells = new ArrayList<>();
        for (@Nullable String value : values) {
            cells.add(Sheet.Cell.code(value));
        }
        return new Sheet.Row(cells, List.of());
    }
}
