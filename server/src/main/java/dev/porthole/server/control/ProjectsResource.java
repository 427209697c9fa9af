package dev.porthole.server.control;

import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Project;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Projects: what tunnels, connectors, keys and audit entries belong to. */
final class ProjectsResource implements Resource {
    /** @param organization its owner's id; may be left out by who has one organization */
    record ProjectRequest(String name, @Nullable String organization) {}

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final Idempotency idempotency;
    private final Scheduler scheduler;

    ProjectsResource(Store store, Access access, Changes changes, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
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
                Route.get(PROJECT, Scope.PROJECTS_READ, "One project", Output.one(200, Project.class), this::get));
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
            case Principal.KeyPrincipal key -> only(handle, key.projectId());
            case Principal.ConnectorPrincipal connector -> only(handle, connector.projectId());
        };
    }

    private Page<Project> only(Handle handle, String project) {
        return new Page<>(
                store.projects().find(handle, project).map(StoredProject::toProject).stream()
                        .toList(),
                1,
                null);
    }

    private Answer create(Call call) {
        ProjectRequest request = call.body(ProjectRequest.class);
        String name = Texts.line("name", request.name());
        if (!(call.principal() instanceof Principal.UserPrincipal user)) {
            throw ProblemException.of(
                    403, "key-of-one-project", "A key reaches one project", "sign in to make another");
        }
        Instant now = scheduler.now();
        return store.write(handle -> idempotency.once(handle, call, now, () -> {
            Organization owner = organization(handle, user.userId(), request.organization());
            StoredProject project = new StoredProject(Ids.next("prj"), name, owner, now);
            store.projects().insert(handle, project);
            changes.deed(handle, call.actor(), project.id(), "project.created", project.id(), project.toProject(), now);
            return Answer.created(project.toProject());
        }));
    }

    private Organization organization(Handle handle, String user, @Nullable String wanted) {
        List<Organization> all = store.projects().organizationsOf(handle, user);
        if (wanted == null && all.size() == 1) {
            return all.getFirst();
        }
        if (wanted == null) {
            throw ProblemException.invalid("organization", "organization: missing (expected: one of the caller's)");
        }
        return all.stream()
                .filter(organization -> organization.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "organization", "organization: not found (expected: one of the caller's)"));
    }

    private Answer get(Call call) {
        return Answer.ok(store.read(handle -> access.project(handle, call)).toProject());
    }
}
