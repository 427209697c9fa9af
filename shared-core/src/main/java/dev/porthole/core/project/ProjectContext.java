package dev.porthole.core.project;

import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Project;
import dev.porthole.core.config.ConfigFile;
import dev.porthole.core.config.PrivateFiles;
import dev.porthole.core.observe.Observable;
import dev.porthole.core.observe.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The active project: what {@code config.yml} says, unless one was named for this process alone, and only if the server
 * still has it.
 *
 * <p>Safe from any thread. Asking the server blocks.
 */
public final class ProjectContext {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Comparator<Project> BY_NAME = Comparator.comparing(
                    (Project project) -> project.organization().name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Project::name, String.CASE_INSENSITIVE_ORDER);

    private final ConfigFile config;
    private final @Nullable String named;
    private final Path seen;
    private final Observed<Optional<Project>> active;

    /**
     * @param named the project of this process alone, by id; nothing of it is written anywhere
     * @param seen the file that remembers the active project's name for the next start
     */
    public ProjectContext(ConfigFile config, @Nullable String named, Path seen) {
        this.config = config;
        this.named = named;
        this.seen = seen;
        this.active = new Observed<>(lastSeen());
    }

    /** The project as it was last seen; {@link #confirm} asks the server. */
    public Observable<Optional<Project>> active() {
        return active;
    }

    /** The id that was chosen, confirmed or not. */
    public Optional<String> chosen() {
        return named == null ? config.config().get().project() : Optional.of(named);
    }

    /** All projects that the user can see, by organization and name. */
    public List<Project> all(ControlPlaneClient client) throws ProblemException, IOException, InterruptedException {
        return client.projects().stream().sorted(BY_NAME).toList();
    }

    /**
     * Asks the server whether the chosen project is still there. A stored one that is gone is forgotten; if nothing is
     * chosen and there is one project, it is taken.
     *
     * @throws ProblemException with status 404 if the one that was named for this process is not there
     */
    public Optional<Project> confirm(ControlPlaneClient client)
            throws ProblemException, IOException, InterruptedException {
        List<Project> projects = all(client);
        Optional<String> wanted = chosen();
        Optional<Project> found = projects.stream()
                .filter(project -> wanted.filter(project.id()::equals).isPresent())
                .findFirst();
        if (found.isEmpty() && named != null) {
            active.set(Optional.empty());
            throw ProblemException.notFound("project: " + named + " (expected: the id of one of your projects)");
        }
        if (found.isEmpty() && projects.size() == 1) {
            found = Optional.of(projects.getFirst());
        }
        if (named == null && !found.map(Project::id).equals(wanted)) {
            keep(found);
        }
        show(found);
        return found;
    }

    /** Makes a project the active one, and keeps that. */
    public Project switchTo(ControlPlaneClient client, String id)
            throws ProblemException, IOException, InterruptedException {
        Project project = client.project(id);
        keep(Optional.of(project));
        show(Optional.of(project));
        return project;
    }

    /** Nobody is signed in: there is no project. What was chosen stays for the next sign-in. */
    public void leave() {
        active.set(Optional.empty());
    }

    private void show(Optional<Project> project) throws IOException {
        active.set(project);
        if (named == null && project.isPresent() && !project.equals(lastSeen())) {
            PrivateFiles.replace(seen, JSON.writeValueAsBytes(project.get()));
        }
    }

    private Optional<Project> lastSeen() {
        Optional<String> wanted = chosen();
        try {
            Project last = JSON.readValue(Files.readAllBytes(seen), Project.class);
            return Optional.ofNullable(last)
                    .filter(project -> wanted.filter(project.id()::equals).isPresent());
        } catch (IOException | JacksonException none) {
            // Only a name to show until the server has been asked.
            return Optional.empty();
        }
    }

    private void keep(Optional<Project> project) throws IOException {
        config.update(now -> now.withProject(
                project.map(chosen -> chosen.organization().id()).orElse(null),
                project.map(Project::id).orElse(null)));
    }
}
