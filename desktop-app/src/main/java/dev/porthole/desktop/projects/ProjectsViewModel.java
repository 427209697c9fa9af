package dev.porthole.desktop.projects;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.api.Project;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The projects that one can work in, and going from one to another. The picker and the switcher share it. */
public final class ProjectsViewModel {
    private final Porthole porthole;
    private final Tasks tasks;
    private final RecentProjects recent;
    private final ObservableList<Project> projects = FXCollections.observableArrayList();
    // Kept: it hears of the list's changes only as long as somebody holds it, and its listeners don't.
    private final ObservableList<Project> shown = FXCollections.unmodifiableObservableList(projects);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty takeTheOnlyOne = new SimpleBooleanProperty();

    public ProjectsViewModel(Porthole porthole, Tasks tasks) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.recent = new RecentProjects(porthole.config(), tasks);
    }

    /** By organization and name, as the server gives them. */
    public ObservableList<Project> projects() {
        return shown;
    }

    /** Those of them that were worked in last, the last one first. */
    List<Project> recent() {
        return recent.ids().stream()
                .flatMap(id -> projects.stream().filter(it -> it.id().equals(id)))
                .toList();
    }

    /** Whether the list is being fetched, or a choice made. */
    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /** Why there is no list; empty when nothing is wrong. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Fetches the list for a person who has none picked: a single project is taken without asking. */
    public void loadForPicking() {
        takeTheOnlyOne.set(true);
        load();
    }

    /** Fetches the list. */
    public void load() {
        if (loading.get()) {
            return;
        }
        loading.set(true);
        problem.set("");
        tasks.create(porthole::projects)
                .onSuccess(this::arrived)
                .onError(this::failed)
                .andFinally(() -> loading.set(false))
                .start();
    }

    /** Makes it the active project. Running tunnels go on. */
    public void choose(Project project) {
        problem.set("");
        tasks.create(() -> porthole.switchProject(project.id()))
                .onSuccess(switched -> recent.used(project.id()))
                .onError(this::failed)
                .start();
    }

    private void arrived(List<Project> found) {
        projects.setAll(found);
        if (found.isEmpty()) {
            problem.set(Texts.text("projects.none"));
        } else if (found.size() == 1 && takeTheOnlyOne.get()) {
            choose(found.getFirst());
        }
        takeTheOnlyOne.set(false);
    }

    private void failed(PortholeException failure) {
        problem.set(PlainText.of(String.valueOf(failure.getMessage())));
    }
}
