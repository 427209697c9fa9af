package dev.porthole.desktop.cli;

import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.api.Project;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "switch",
        description = "Makes a project the active one. Running tunnels go on.",
        footerHeading = "%nExamples:%n",
        footer = {"  porthole projects switch", "  porthole projects switch prj_0f3c"})
final class ProjectsSwitchCommand extends Command {
    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            completionCandidates = Candidates.OfProjects.class,
            description = "The project's id; asks without one.")
    private @Nullable String id;

    ProjectsSwitchCommand(Surroundings surroundings, CommonOptions options) {
        super(surroundings, options);
    }

    /** The document of {@code --output json}. */
    record Document(Project project) {}

    @Override
    int run(Session session) throws PortholeException {
        session.requireSignIn();
        Project picked = id == null ? new ProjectPrompt(terminal()).pick(session.porthole()) : switchTo(session, id);
        if (options.json()) {
            terminal().print(Json.of(new Document(picked)));
        }
        return FINE;
    }

    private Project switchTo(Session session, String wanted) throws PortholeException {
        Project project = Session.projectsOf(session.porthole()).stream()
                .filter(candidate -> candidate.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new PortholeException(
                        Kind.NOT_FOUND,
                        "project: " + wanted + " (expected: an id that 'porthole projects list' shows)"));
        session.porthole().switchProject(project.id());
        terminal().say("Project: " + ProjectPrompt.title(project));
        return project;
    }
}
