package dev.porthole.desktop.cli;

import dev.porthole.core.ConnectorInfo;
import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Project;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        aliases = "ls",
        description = "Lists the project's connectors; * marks this computer's own.")
final class ConnectorsListCommand extends Command {
    ConnectorsListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String project, List<Row> connectors) {}

    /**
     * One connector of it.
     *
     * @param kind managed or external
     * @param here whether it is this computer's own
     * @param tunnels ids of the tunnels that it is to carry
     */
    record Row(
            String id,
            String name,
            String kind,
            boolean online,
            boolean here,
            @Nullable Instant onlineSince,
            @Nullable Instant lastSeenAt,
            @Nullable String address,
            @Nullable String agentVersion,
            List<String> tunnels) {
        static Row of(ConnectorInfo info) {
            var connector = info.connector();
            return new Row(
                    connector.id(),
                    connector.name(),
                    connector.kind().name(),
                    connector.online(),
                    info.here(),
                    info.onlineSince(),
                    connector.lastSeenAt(),
                    info.address(),
                    connector.agentVersion(),
                    connector.tunnels());
        }
    }

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Project project = session.requireProject();
        List<Row> rows =
                session.porthole().connectors().list().stream().map(Row::of).toList();
        answer(
                new Document(project.id(), rows),
                rows.stream().map(Row::id).toList(),
                terminal -> show(project, rows, terminal));
        return FINE;
    }

    private static void show(Project project, List<Row> rows, Terminal terminal) {
        if (rows.isEmpty()) {
            terminal.say("No connectors in " + ProjectPrompt.title(project)
                    + " yet. This computer gets its own with its first tunnel.");
            return;
        }
        Table table = new Table(" ", "NAME", "KIND", "STATE", "TUNNELS", "LAST SEEN", "VERSION", "ID")
                .painted(3, state -> state.equals("online") ? terminal.good(state) : terminal.faint(state));
        rows.forEach(row -> table.row(
                row.here() ? "*" : " ",
                row.name(),
                row.kind(),
                row.online() ? "online" : "offline",
                String.valueOf(row.tunnels().size()),
                Times.local(row.lastSeenAt()),
                row.agentVersion() == null ? "-" : row.agentVersion(),
                row.id()));
        table.printTo(terminal);
    }
}
