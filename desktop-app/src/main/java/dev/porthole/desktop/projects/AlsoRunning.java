package dev.porthole.desktop.projects;

import dev.porthole.core.Porthole;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Project;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What this computer carries of other projects than the active one. Belongs to the FX thread. */
public final class AlsoRunning {
    private final Porthole porthole;
    private final ProjectsViewModel projects;
    private final FxBindings bindings;
    private final ObservableList<OtherProject> others = FXCollections.observableArrayList();

    /** @param projects knows what they are called, and goes there */
    public AlsoRunning(Porthole porthole, Tasks tasks, ProjectsViewModel projects) {
        this.porthole = porthole;
        this.projects = projects;
        this.bindings = new FxBindings(tasks.screen());
    }

    /**
     * Another project with something that runs here.
     *
     * @param project empty until it is known what it is called
     */
    record OtherProject(String id, Optional<Project> project, List<String> labels) {
        OtherProject {
            labels = List.copyOf(labels);
        }
    }

    /** Follows what runs; as long as it is shown. */
    Subscription follow() {
        Subscription names =
                projects.projects().subscribe(() -> show(porthole.tunnels().get()))::unsubscribe;
        return FxBindings.all(
                names,
                bindings.follow(porthole.tunnels(), this::show),
                bindings.follow(
                        porthole.activeProject(),
                        active -> show(porthole.tunnels().get())));
    }

    ObservableList<OtherProject> others() {
        return others;
    }

    void goTo(Project project) {
        projects.choose(project);
    }

    private void show(List<TunnelState> states) {
        String active = porthole.activeProject().get().map(Project::id).orElse("");
        Map<String, List<String>> byProject = new LinkedHashMap<>();
        for (TunnelState state : states) {
            String project = state.tunnel().project();
            if (state.here() && state.phase() != Phase.STOPPED && !project.equals(active)) {
                byProject
                        .computeIfAbsent(project, id -> new ArrayList<>())
                        .add(PlainText.of(state.tunnel().label()));
            }
        }
        List<OtherProject> now = byProject.entrySet().stream()
                .map(entry -> new OtherProject(entry.getKey(), find(entry.getKey()), entry.getValue()))
                .toList();
        if (!now.equals(others)) {
            others.setAll(now);
        }
        if (now.stream().anyMatch(other -> other.project().isEmpty())
                && projects.projects().isEmpty()) {
            projects.load();
        }
    }

    private Optional<Project> find(String id) {
        return projects.projects().stream().filter(it -> it.id().equals(id)).findFirst();
    }
}
