package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.store.AuditLog;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what: of a project for its people, of everything for administrators; in pages, and whole as JSON lines. */
final class AuditResource implements Resource {
    private static final String AUDIT = PROJECT + "/audit";
    private static final String ALL = API + "/admin/audit";
    private static final String LINES = ".jsonl";
    private static final String FILTERED = ", the newest entries first";

    /** Entries that an export reads at a time, in a snapshot of their own: a slow reader holds no connection. */
    private static final int BATCH = 500;

    private final Store store;
    private final Access access;

    AuditResource(Store store, Access access) {
        this.store = store;
        this.access = access;
    }

    @Override
    public List<Route> routes() {
        Output page = Output.page(AuditEntry.class).filteredBy("actor", "action", "resource", "from", "to");
        Output lines = Output.lines(AuditEntry.class).filteredBy("actor", "action", "resource", "from", "to");
        return List.of(
                Route.get(AUDIT, Scope.AUDIT_READ, "Who did what in the project" + FILTERED, page, this::ofProject),
                Route.get(
                        AUDIT + LINES,
                        Scope.AUDIT_READ,
                        "Who did what in the project, as JSON lines" + FILTERED,
                        lines,
                        this::linesOfProject),
                Route.get(
                        ALL,
                        Scope.ADMIN,
                        "Who did what on this server" + FILTERED,
                        page.filteredBy("project"),
                        this::ofServer),
                Route.get(
                        ALL + LINES,
                        Scope.ADMIN,
                        "Who did what on this server, as JSON lines" + FILTERED,
                        lines.filteredBy("project"),
                        this::linesOfServer));
    }

    private Answer ofProject(Call call) {
        return page(call, wantedOfProject(call));
    }

    private Answer linesOfProject(Call call) {
        return lines(wantedOfProject(call));
    }

    private Answer ofServer(Call call) {
        return page(call, wantedOfServer(call));
    }

    private Answer linesOfServer(Call call) {
        return lines(wantedOfServer(call));
    }

    private AuditLog.Wanted wantedOfProject(Call call) {
        String project = store.read(handle -> access.project(handle, call)).id();
        return new AuditLog.Wanted(project, filter(call));
    }

    private AuditLog.Wanted wantedOfServer(Call call) {
        access.requireAdministrator(call.principal());
        return new AuditLog.Wanted(call.query().get("project"), filter(call));
    }

    private static AuditFilter filter(Call call) {
        return new AuditFilter(
                call.query().get("actor"),
                call.query().get("action"),
                call.query().get("resource"),
                time(call, "from"),
                time(call, "to"));
    }

    private static @Nullable Instant time(Call call, String name) {
        String given = call.query().get(name);
        try {
            return given == null ? null : Instant.parse(given);
        } catch (DateTimeParseException wrong) {
            throw ProblemException.invalid(
                    name, name + ": " + given + " (expected: a time such as 2026-11-22T10:00:00Z)");
        }
    }

    private Answer page(Call call, AuditLog.Wanted wanted) {
        Slice slice = call.slice();
        return Answer.ok(store.read(handle -> Views.page(
                store.audit().newest(handle, wanted, Views.oneMore(slice)),
                slice,
                store.audit().count(handle, wanted),
                AuditResource::place,
                AuditResource::view)));
    }

    private Answer lines(AuditLog.Wanted wanted) {
        return new Answer.Lines("audit" + LINES, out -> {
            Slice slice = new Slice(null, BATCH);
            while (true) {
                Slice next = slice;
                List<AuditLog.Entry> batch = store.read(handle -> store.audit().newest(handle, wanted, next));
                write(out, batch);
                if (batch.size() < BATCH) {
                    return;
                }
                slice = new Slice(place(batch.getLast()), BATCH);
            }
        });
    }

    private static void write(OutputStream out, List<AuditLog.Entry> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (AuditLog.Entry entry : batch) {
            lines.append(ApiJson.STRICT.writeValueAsString(view(entry))).append('\n');
        }
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Slice.Place place(AuditLog.Entry entry) {
        return new Slice.Place(entry.at(), entry.id());
    }

    private static AuditEntry view(AuditLog.Entry entry) {
        return new AuditEntry(
                entry.id(),
                entry.project(),
                entry.actor(),
                entry.actorName(),
                entry.action(),
                entry.resource(),
                entry.address(),
                entry.credential(),
                entry.detail(),
                entry.at());
    }
}
