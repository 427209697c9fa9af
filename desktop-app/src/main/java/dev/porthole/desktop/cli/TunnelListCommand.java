package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Project;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(name = "list", aliases = "ls", description = "Lists the project's tunnels.")
final class TunnelListCommand extends Command {
    TunnelListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String project, List<TunnelRow> tunnels) {}

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Project project = session.requireProject();
        List<TunnelRow> rows =
                session.porthole().listTunnels().stream().map(TunnelRow::of).toList();
        answer(
                new Document(project.id(), rows),
                rows.stream().map(TunnelRow::id).toList(),
                terminal -> show(project, rows, terminal));
        return FINE;
    }

    private static void show(Project project, List<TunnelRow> rows, Terminal terminal) {
        if (rows.isEmpty()) {
            terminal.say("No tunnels in " + ProjectPrompt.title(project) + " yet. Run: porthole share 3000");
            return;
        }
        Table table = new Table("STATE", "LABEL", "ADDRESS", "ENDPOINT", "ID")
                .whole(2)
                .painted(0, state -> switch (state) {
                    case "ready" -> terminal.good(state);
                    case "stopped" -> terminal.faint(state);
                    case "starting" -> terminal.fair(state);
                    default -> terminal.bad(state);
                });
        rows.forEach(row -> table.row(row.state(), row.label(), row.url(), row.endpoint(), row.id()));
        table.printTo(terminal);
    }
}
