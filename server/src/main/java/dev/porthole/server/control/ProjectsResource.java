package dev.porthole.server.control;

import dev.porthole.core.api.Dependents;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Quota;
import dev.porthole.core.api.Renaming;
import dev.porthole.core.api.Role;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Projects: what tunnels, connectors, keys and audit entries belong to. */
final class ProjectsResource implements Resource {
    /** @param organization its owner's id; may be left out by who has one organization */
    record ProjectRequest(String name, @Nullable String organization) {}

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final ProjectRemoval removal;
    private final Quotas quotas;
    private final Idempotency idempotency;
    private final Scheduler scheduler;

    ProjectsResource(
            Store store, Access access, Changes changes, ProjectRemoval removal, Quotas quotas, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.removal = removal;
        this.quotas = quotas;
        this.idempotency = new Idempotency(store);
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        API + "/projects",
                        Scope.PROJECTS_READ,
                        "The caller's projects",
                        Output.page(Project.class),
                        this::list),
                new Route(
                        "POST",
                        API + "/projects",
                        Scope.PROJECTS_WRITE,
                        "Makes a project",
                        ProjectRequest.class,
                        Output.one(201, Project.class),
                        this::create),
                Route.get(PROJECT, Scope.PROJECTS_READ, "One project", Output.one(200, Project.class), this::get),
                new Route(
                        "PATCH",
                        PROJECT,
                        Scope.PROJECTS_WRITE,
                        "Renames a project",
                        Renaming.class,
                        Output.one(200, Project.class),
                        this::rename),
                Route.delete(
                        PROJECT,
                        Scope.PROJECTS_WRITE,
                        "Deletes a project; with all that hangs on it only if ?confirm= is its name",
                        this::delete),
                Route.get(
                        PROJECT + "/quota",
                        Scope.PROJECTS_READ,
                        "How much the project may have, and has",
                        Output.one(200, Quota.class),
                        this::quota));
    }

    private Answer list(Call call) {
        Slice slice = call.slice();
        return Answer.ok(store.read(handle -> page(handle, call.principal(), slice)));
    }

    private Page<Project> page(Handle handle, Principal caller, Slice slice) {
        return switch (caller) {
            case Principal.UserPrincipal user ->
                Views.page(
                        store.projects().listForUser(handle, user.userId(), Views.oneMore(slice)),
                        slice,
                        store.projects().countForUser(handle, user.userId()),
                        project -> new Slice.Place(project.createdAt(), project.id()),
                        StoredProject::toProject);
            case Principal.KeyPrincipal key ->
                only(store.projects().findForUser(handle, key.projectId(), key.userId()));
            case Principal.ConnectorPrincipal connector -> only(store.projects().find(handle, connector.projectId()));
        };
    }

    private static Page<Project> only(Optional<StoredProject> project) {
        List<Project> items = project.map(StoredProject::toProject).stream().toList();
        return new Page<>(items, items.size(), null);
    }

    private Answer create(Call call) {
        ProjectRequest request = call.body(ProjectRequest.class);
        String name = Texts.line("name", request.name());
        String person = call.signedIn();
        Instant now = scheduler.now();
        return store.write(handle -> idempotency.once(handle, call, now, () -> {
            Organization owner = organization(handle, person, request.organization());
            StoredProject project = new StoredProject(Ids.next("prj"), name, owner, now);
            store.projects().insert(handle, project);
            changes.deed(handle, call.actor(), project.id(), "project.created", project.id(), project.toProject(), now);
            return Answer.created(project.toProject());
        }));
    }

    private Organization organization(Handle handle, String user, @Nullable String wanted) {
        List<Organization> all = store.projects().organizationsOf(handle, user);
        if (wanted == null && all.size() != 1) {
            throw ProblemException.invalid("organization", "organization: missing (expected: one of the caller's)");
        }
        Organization owner = all.stream()
                .filter(organization -> wanted == null || organization.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "organization", "organization: not found (expected: one of the caller's)"));
        Role role = store.members().role(handle, owner.id(), user).orElse(Role.viewer);
        if (!Rights.may(role, Scope.PROJECTS_WRITE)) {
            throw ProblemException.roleMissing(role, "one with " + Scope.PROJECTS_WRITE.text());
        }
        return owner;
    }

    private Answer get(Call call) {
        return Answer.ok(store.read(handle -> access.project(handle, call)).toProject());
    }

    private Answer rename(Call call) {
        String name = Texts.line("name", call.body(Renaming.class).name());
        Instant now = scheduler.now();
        return Answer.ok(store.write(handle -> {
            StoredProject project = access.project(handle, call);
            Access.requireAll(call.principal());
            store.projects().rename(handle, project.id(), name);
            Project renamed = new Project(project.id(), name, project.organization());
            changes.deed(handle, call.actor(), project.id(), "project.updated", project.id(), renamed, now);
            return renamed;
        }));
    }

    private Answer delete(Call call) {
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            StoredProject project = access.project(handle, call);
            Access.requireAll(call.principal());
            List<Dependents> dependents = removal.dependents(handle, project.id());
            if (!dependents.isEmpty() && !project.name().equals(call.query().get("confirm"))) {
                throw ProblemException.notEmpty("project", project.name(), dependents);
            }
            removal.remove(handle, call.actor(), project, now);
        });
        return new Answer.NoContent();
    }

    private Answer quota(Call call) {
        return Answer.ok(store.read(
                handle -> quotas.of(handle, access.project(handle, call).id())));
    }
}
