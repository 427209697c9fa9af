package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.AuditEntry;
import dev.porthole.core.api.AuditFilter;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "activity",
        description = "Shows what was done in the project and by whom, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  porthole activity --since 24h", "  porthole activity --actor ada --action 'tunnel.*' --output json"
        })
final class ActivityCommand extends Command {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many entries at most: 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Reader.class,
            description = "Only what was done since then: " + Moment.EXPECTED + ".")
    private @Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.Reader.class,
            description = "Only what was done before then, given in the same ways.")
    private @Nullable Moment until;

    @Option(names = "--actor", paramLabel = "WHO", description = "Only what this name or id did.")
    private @Nullable String actor;

    @Option(
            names = "--action",
            paramLabel = "WHAT",
            description = "Only such actions: tunnel.created, or tunnel.* for all of a kind.")
    private @Nullable String action;

    @Option(names = "--resource", paramLabel = "ID", description = "Only what was done to this.")
    private @Nullable String resource;

    ActivityCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /**
     * The document of {@code --output json}.
     *
     * @param more whether there are older entries than these
     */
    record Document(String project, List<AuditEntry> entries, boolean more) {}

    @Override
    void check() throws PortholeException {
        if (limit < 1 || limit > 10_000) {
            throw new PortholeException(Kind.WRONG_USE, "limit: " + limit + " (expected: 1-10000)");
        }
    }

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Project project = session.requireProject();
        InstantSource now = InstantSource.system();
        AuditFilter filter = new AuditFilter(
                actor,
                action,
                resource,
                since == null ? null : since.before(now).orElse(null),
                until == null ? null : until.before(now).orElse(null));
        Document document = read(session, project, filter);
        answer(
                document,
                document.entries().stream().map(AuditEntry::id).toList(),
                terminal -> show(document, terminal));
        return FINE;
    }

    private Document read(Session session, Project project, AuditFilter filter) throws PortholeException {
        List<AuditEntry> entries = new ArrayList<>();
        String cursor = null;
        do {
            Page<AuditEntry> page = session.porthole().activity(filter, cursor);
            entries.addAll(page.items());
            cursor = page.next();
        } while (cursor != null && entries.size() < limit);
        boolean more = cursor != null || entries.size() > limit;
        return new Document(project.id(), List.copyOf(entries.subList(0, Math.min(limit, entries.size()))), more);
    }

    private void show(Document document, Terminal terminal) {
        if (document.entries().isEmpty()) {
            terminal.say("Nothing was done, or nothing like that.");
            return;
        }
        Table table = new Table("AT", "WHO", "ACTION", "DETAIL", "RESOURCE");
        document.entries()
                .forEach(entry -> table.row(
                        Times.local(entry.at()),
                        entry.actorName() == null ? entry.actor() : entry.actorName(),
                        entry.action(),
                        entry.detail() == null ? "" : entry.detail(),
                        entry.resource()));
        table.printTo(terminal);
        if (document.more()) {
            terminal.say("There is more: --limit " + (long) limit * 2 + " shows some of it.");
        }
    }
}
