package dev.porthole.desktop.projects;

import dev.porthole.core.Porthole;
import dev.porthole.core.PortholeException;
import dev.porthole.core.PortholeException.Kind;
import dev.porthole.core.TunnelState;
import dev.porthole.core.TunnelState.Phase;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import dev.porthole.core.observe.Subscription;
import dev.porthole.desktop.signin.SignInAgain;
import dev.porthole.desktop.ui.FxBindings;
import dev.porthole.desktop.ui.PlainText;
import dev.porthole.desktop.ui.Tasks;
import dev.porthole.desktop.ui.Texts;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** All projects of a person: going to another, making one, renaming, leaving. Belongs to the FX thread. */
public final class ProjectListViewModel {
    /** From this many projects on there is a search field. */
    static final int SEARCH_FROM = 6;

    private final Porthole porthole;
    private final Tasks tasks;
    private final ProjectsViewModel projects;
    private final SignInAgain signInAgain;
    private final FxBindings bindings;
    private final StringProperty search = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper searchable = new ReadOnlyBooleanWrapper();
    private final ObservableList<ProjectItem> shown = FXCollections.observableArrayList();
    private final ObservableList<Organization> owned = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Filling> filling = new ReadOnlyObjectWrapper<>(Filling.LOADING);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper nameProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private List<Project> all = List.of();
    private Map<String, Role> roles = Map.of();
    private List<TunnelState> tunnels = List.of();
    private boolean loading;

    /** @param projects goes from one project to another */
    public ProjectListViewModel(Porthole porthole, Tasks tasks, ProjectsViewModel projects, SignInAgain signInAgain) {
        this.porthole = porthole;
        this.tasks = tasks;
        this.projects = projects;
        this.signInAgain = signInAgain;
        this.bindings = new FxBindings(tasks.screen());
        search.subscribe(this::arrange);
    }

    /** What the list has to show. */
    enum Filling {
        LOADING,
        FAILED,
        NONE_FOUND,
        PROJECTS
    }

    private record Answer(List<Project> projects, List<Organization> organizations, Map<String, Role> roles) {}

    /** Follows the active project and what runs; as long as the screen is shown. */
    public Subscription follow() {
        return FxBindings.all(
                bindings.follow(porthole.tunnels(), states -> {
                    tunnels = states;
                    arrange();
                }),
                bindings.follow(porthole.activeProject(), active -> load()));
    }

    StringProperty searchProperty() {
        return search;
    }

    ReadOnlyBooleanProperty searchableProperty() {
        return searchable.getReadOnlyProperty();
    }

    ObservableList<ProjectItem> shown() {
        return shown;
    }

    /** The organizations in which the person may make projects. */
    ObservableList<Organization> owned() {
        return owned;
    }

    ReadOnlyObjectProperty<Filling> fillingProperty() {
        return filling.getReadOnlyProperty();
    }

    /** Why something did not work; empty when nothing is wrong. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Why a name was not taken; empty when nothing is wrong. */
    ReadOnlyStringProperty nameProblemProperty() {
        return nameProblem.getReadOnlyProperty();
    }

    /** Whether something is being made, renamed or left. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    void load() {
        if (loading) {
            return;
        }
        loading = true;
        tasks.create(this::ask)
                .onSuccess(this::arrived)
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    failed(failure);
                    signInAgain.then(this::load);
                })
                .onError(this::failed)
                .andFinally(() -> loading = false)
                .start();
        arrange();
    }

    private Answer ask() throws PortholeException {
        List<Project> found = porthole.projects();
        List<Organization> organizations = porthole.ownership().organizations();
        return new Answer(found, organizations, porthole.ownership().roles(organizations));
    }

    /** Makes it the active one. What runs in others goes on. */
    void choose(ProjectItem item) {
        projects.choose(item.project());
    }

    /** Makes a project and goes there; {@code made} runs when it worked. */
    void create(String name, @Nullable Organization organization, Runnable made) {
        if (missing(name)) {
            return;
        }
        String owner = organization == null ? null : organization.id();
        attempt(
                () -> {
                    Project project = porthole.ownership().create(name.strip(), owner);
                    porthole.switchProject(project.id());
                },
                made,
                nameProblem,
                () -> create(name, organization, made));
    }

    /** Gives it another name; {@code renamed} runs when it worked. */
    void rename(ProjectItem item, String name, Runnable renamed) {
        if (missing(name)) {
            return;
        }
        attempt(
                () -> porthole.ownership().rename(item.id(), name.strip()),
                renamed,
                nameProblem,
                () -> rename(item, name, renamed));
    }

    /** Leaves its organization, with all projects of it; the view has said what stops, and asked. */
    void leave(ProjectItem item) {
        attempt(
                () -> porthole.ownership().leave(item.project().organization().id()),
                () -> {},
                problem,
                () -> leave(item));
    }

    /** The labels of what leaving its organization stops. */
    List<String> whatStops(ProjectItem item) {
        List<String> ofOrganization = all.stream()
                .filter(it -> it.organization().equals(item.project().organization()))
                .map(Project::id)
                .toList();
        return ofOrganization.stream().flatMap(id -> runningOf(id).stream()).toList();
    }

    /** Forgets why the last name was not taken. */
    void nameAnew() {
        nameProblem.set("");
    }

    private boolean missing(String name) {
        nameProblem.set(name.isBlank() ? Texts.text("project.name.missing") : "");
        return name.isBlank();
    }

    private void attempt(Tasks.Action work, Runnable done, ReadOnlyStringWrapper where, Runnable again) {
        busy.set(true);
        where.set("");
        tasks.create(work)
                .onSuccess(worked -> {
                    done.run();
                    load();
                })
                .onError(Kind.NOT_SIGNED_IN, failure -> {
                    where.set(said(failure));
                    signInAgain.then(again);
                })
                .onError(failure -> where.set(said(failure)))
                .andFinally(() -> busy.set(false))
                .start();
    }

    private void arrived(Answer answer) {
        problem.set("");
        all = answer.projects();
        roles = answer.roles();
        owned.setAll(answer.organizations().stream()
                .filter(it -> roles.get(it.id()) == Role.owner)
                .toList());
        searchable.set(all.size() >= SEARCH_FROM);
        if (!searchable.get()) {
            search.set("");
        }
        filling.set(Filling.PROJECTS);
        arrange();
    }

    private void failed(PortholeException failure) {
        problem.set(said(failure));
        if (all.isEmpty()) {
            filling.set(Filling.FAILED);
        }
    }

    private void arrange() {
        String active = porthole.activeProject().get().map(Project::id).orElse("");
        List<ProjectItem> matching = all.stream()
                .map(it -> new ProjectItem(
                        it,
                        it.id().equals(active),
                        runningOf(it.id()),
                        roles.get(it.organization().id())))
                .filter(item -> item.matches(search.get()))
                .toList();
        if (!matching.equals(shown)) {
            shown.setAll(matching);
        }
        if (!all.isEmpty()) {
            filling.set(matching.isEmpty() ? Filling.NONE_FOUND : Filling.PROJECTS);
        }
    }

    private List<String> runningOf(String project) {
        return tunnels.stream()
                .filter(state -> state.here() && state.phase() != Phase.STOPPED)
                .filter(state -> state.tunnel().project().equals(project))
                .map(state -> PlainText.of(state.tunnel().label()))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private static String said(PortholeException failure) {
        return PlainText.of(String.valueOf(failure.getMessage()));
    }
}
