package dev.porthole.server.pages;

import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.Page;
import dev.porthole.server.console.Form;
import dev.porthole.server.console.Frame;
import dev.porthole.server.console.Sheet;
import dev.porthole.server.control.ApiRequest;
import dev.porthole.server.identity.Visit;
import java.util.List;

/** Who did what: in a project, and on the whole server for administrators. */
final class AuditPages {
    static final String OF_PROJECT = PageCall.PROJECT + "/audit";
    static final String OF_SERVER = PageCall.API + "/admin/audit";

    private AuditPages() {}

    static void mount(Console.Mounting at) {
        at.page("/console/projects/{project}/audit", AuditPages::ofProject)
                .page(
                        "/console/projects/{project}/audit.jsonl",
                        call -> call.pass(asked(call, ApiRequest.of("GET", OF_PROJECT + ".jsonl", call.project()))));
    }

    static void mountForAdministrators(Console.Mounting at) {
        at.page("/console/admin/audit", AuditPages::ofServer);
    }

    private static void ofProject(PageCall call) throws NotShownException {
        Frame frame = call.ofProject("audit");
        String self = call.at("/audit");
        Page<AuditEntry> entries = entries(call, ApiRequest.of("GET", OF_PROJECT, call.project()));
        call.show(sheet(
                call,
                frame,
                "Activity",
                "Who changed what in this project.",
                self,
                entries,
                List.of(Sheet.Go.to("Export as JSON lines", call.at("/audit.jsonl") + "?" + query(call.visit())))));
    }

    private static void ofServer(PageCall call) throws NotShownException {
        Frame frame = call.ofAdministration("audit");
        Page<AuditEntry> entries = entries(call, ApiRequest.of("GET", OF_SERVER));
        call.show(sheet(
                call,
                frame,
                "Activity",
                "Who changed what on this server.",
                "/console/admin/audit",
                entries,
                List.of()));
    }

    private static Page<AuditEntry> entries(PageCall call, ApiRequest request) throws NotShownException {
        return call.list(
                AuditEntry.class,
                asked(call, request).query("cursor", call.visit().query("cursor")));
    }

    private static ApiRequest asked(PageCall call, ApiRequest request) {
        Visit visit = call.visit();
        return request.query("actor", visit.query("actor").strip())
                .query("action", visit.query("action").strip())
                .query("resource", visit.query("resource").strip())
                .query("from", Days.start(visit.query("from")))
                .query("to", Days.end(visit.query("to")));
    }

    private static Sheet sheet(
            PageCall call,
            Frame frame,
            String title,
            String lead,
            String self,
            Page<AuditEntry> entries,
            List<Sheet.Act> actions) {
        Visit visit = call.visit();
        return new Sheet(
                frame,
                title,
                lead,
                actions,
                List.of(
                        new Sheet.Ask(
                                "",
                                self,
                                true,
                                true,
                                List.of(
                                        filter("actor", "Who", visit, "text"),
                                        filter("action", "What (tunnel.*)", visit, "text"),
                                        filter("resource", "On (id)", visit, "text"),
                                        filter("from", "From", visit, "date"),
                                        filter("to", "To", visit, "date")),
                                "Filter"),
                        new Sheet.Table(
                                "",
                                List.of("When", "Who", "What", "On", "From", "Credential"),
                                entries.items().stream()
                                        .map(entry -> row(entry, self))
                                        .toList(),
                                call.pager(entries, self + "?" + query(visit)),
                                "entries",
                                "Nothing matches.")));
    }

    private static Form.Text filter(String name, String label, Visit visit, String type) {
        return new Form.Text(name, label, type, visit.query(name), "", false, 100, null);
    }

    private static Sheet.Row row(AuditEntry entry, String self) {
        return Sheet.Row.of(
                Sheet.Cell.at(entry.at(), ""),
                Sheet.Cell.words(entry.actorName() == null ? entry.actor() : entry.actorName()),
                Sheet.Cell.words(entry.action() + (entry.detail() == null ? "" : ": " + entry.detail())),
                Sheet.Cell.id(entry.resource(), self + "?resource=" + PageCall.encoded(entry.resource())),
                Sheet.Cell.words(entry.address()),
                Sheet.Cell.id(entry.credential(), null));
    }

    /** The filter as it is, for the next page and the export. */
    private static String query(Visit visit) {
        StringBuilder query = new StringBuilder();
        for (String name : List.of("actor", "action", "resource", "from", "to")) {
            if (!visit.query(name).isBlank()) {
                query.append(query.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(PageCall.encoded(visit.query(name)));
            }
        }
        return query.toString();
    }
}
