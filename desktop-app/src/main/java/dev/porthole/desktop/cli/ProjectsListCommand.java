package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Project;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "list", aliases = "ls", description = "Lists your projects; * marks the active one.")
final class ProjectsListCommand extends Command {
    ProjectsListCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(List<Row> projects) {}

    /** One project of it. */
    record Row(String id, String name, String organization, boolean active) {}

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Optional<String> active = session.porthole().activeProject().get().map(Project::id);
        List<Row> rows = session.porthole().projects().stream()
                .map(project -> new Row(
                        project.id(),
                        project.name(),
                        project.organization().name(),
                        active.filter(project.id()::equals).isPresent()))
                .toList();
        answer(new Document(rows), rows.stream().map(Row::id).toList(), _ -> show(rows));
        return FINE;
    }

    private void show(List<Row> rows) {
        Table table = new Table(" ", "PROJECT", "ID");
        rows.forEach(row -> table.row(row.active() ? "*" : " ", row.organization() + " / " + row.name(), row.id()));
        table.printTo(terminal());
    }
}
