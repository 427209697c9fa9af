package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.TunnelState;
import dev.porthole.core.api.Project;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(name = "list", aliases = "ls", description = "Lists the project's tunnels.")
final class TunnelListCommand extends Command {
    TunnelListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(String project, List<Row> tunnels) {}

    /** One tunnel of it; {@code state} is stopped, starting, ready, endpoint_down or offline. */
    record Row(
            String id,
            String label,
            String name,
            String url,
            String endpoint,
            boolean enabled,
            String state,
            String detail,
            boolean here,
            @Nullable String connector) {
        static Row of(TunnelState state) {
            var tunnel = state.tunnel();
            return new Row(
                    tunnel.id(),
                    tunnel.label(),
                    tunnel.name(),
                    tunnel.url(),
                    tunnel.endpoint().toString(),
                    tunnel.enabled(),
                    state.phase().name().toLowerCase(Locale.ROOT),
                    state.detail(),
                    state.here(),
                    tunnel.connector());
        }
    }

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Project project = session.requireProject();
        List<Row> rows = session.porthole().listTunnels().stream().map(Row::of).toList();
        if (options.json()) {
            terminal().print(Json.of(new Document(project.id(), rows)));
        } else if (rows.isEmpty()) {
            terminal().say("No tunnels in " + ProjectPrompt.title(project) + " yet. Run: porthole share 3000");
        } else {
            Table table = new Table("STATE", "LABEL", "ADDRESS", "ENDPOINT", "ID");
            rows.forEach(row -> table.row(row.state(), row.label(), row.url(), row.endpoint(), row.id()));
            table.lines().forEach(terminal()::print);
        }
        return FINE;
    }
}
