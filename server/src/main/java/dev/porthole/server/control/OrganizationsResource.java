package dev.porthole.server.control;

import dev.porthole.core.api.Dependents;
import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Renaming;
import dev.porthole.core.api.Role;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Organizations: who owns projects together. */
final class OrganizationsResource implements Resource {
    static final String ORGANIZATION = API + "/organizations/{organization}";

    private static final int SHOWN = 10;

    private final Store store;
    private final Access access;
    private final Changes changes;
    private final ProjectRemoval removal;
    private final Idempotency idempotency;
    private final Scheduler scheduler;

    OrganizationsResource(Store store, Access access, Changes changes, ProjectRemoval removal, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.changes = changes;
        this.removal = removal;
        this.idempotency = new Idempotency(store);
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        Output one = Output.one(200, Organization.class);
        return List.of(
                Route.get(
                        API + "/organizations",
                        Scope.PROJECTS_READ,
                        "The caller's organizations",
                        Output.page(Organization.class),
                        this::list),
                new Route(
                        "POST",
                        API + "/organizations",
                        Scope.PROJECTS_WRITE,
                        "Makes an organization, which the caller owns",
                        Renaming.class,
                        Output.one(201, Organization.class),
                        this::create),
                Route.get(ORGANIZATION, Scope.PROJECTS_READ, "One organization", one, this::get),
                new Route(
                        "PATCH",
                        ORGANIZATION,
                        Scope.PROJECTS_WRITE,
                        "Renames an organization",
                        Renaming.class,
                        one,
                        this::rename),
                Route.delete(
                        ORGANIZATION,
                        Scope.PROJECTS_WRITE,
                        "Deletes an organization; with its projects only if ?confirm= is its name",
                        this::delete));
    }

    /** Few for each person, so they are always one page. */
    private Answer list(Call call) {
        List<Organization> all = store.read(handle -> list(handle, call.principal()));
        return Answer.ok(new Page<>(all, all.size(), null));
    }

    private List<Organization> list(Handle handle, Principal caller) {
        return switch (caller) {
            case Principal.UserPrincipal user -> store.projects().organizationsOf(handle, user.userId());
            case Principal.KeyPrincipal key ->
                store
                        .projects()
                        .findForUser(handle, key.projectId(), key.userId())
                        .map(StoredProject::organization)
                        .stream()
                        .toList();
            case Principal.ConnectorPrincipal connector -> ofProject(handle, connector.projectId());
        };
    }

    private List<Organization> ofProject(Handle handle, String project) {
        return store.projects().find(handle, project).map(StoredProject::organization).stream()
                .toList();
    }

    private Answer create(Call call) {
        String name = Texts.line("name", call.body(Renaming.class).name());
        String owner = call.signedIn();
        Instant now = scheduler.now();
        return store.write(handle -> idempotency.once(handle, call, now, () -> {
            Organization made = new Organization(Ids.next("org"), name);
            store.projects().insertOrganization(handle, made, null, now);
            store.members().add(handle, made.id(), owner, Role.owner, now);
            changes.noted(handle, call.actor(), null, "organization.created", made.id(), name, now);
            return Answer.created(made);
        }));
    }

    private Answer get(Call call) {
        return Answer.ok(store.read(handle -> access.organization(handle, call)));
    }

    private Answer rename(Call call) {
        String name = Texts.line("name", call.body(Renaming.class).name());
        call.signedIn();
        Instant now = scheduler.now();
        return Answer.ok(store.write(handle -> {
            Organization before = access.organization(handle, call);
            store.projects().renameOrganization(handle, before.id(), name);
            changes.noted(handle, call.actor(), null, "organization.updated", before.id(), name, now);
            return new Organization(before.id(), name);
        }));
    }

    private Answer delete(Call call) {
        call.signedIn();
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            Organization organization = access.organization(handle, call);
            List<StoredProject> projects = store.projects().ofOrganization(handle, organization.id());
            if (!projects.isEmpty() && !organization.name().equals(call.query().get("confirm"))) {
                throw ProblemException.notEmpty(
                        "organization",
                        organization.name(),
                        List.of(new Dependents(
                                "projects",
                                projects.size(),
                                projects.stream()
                                        .limit(SHOWN)
                                        .map(StoredProject::name)
                                        .toList())));
            }
            projects.forEach(project -> removal.remove(handle, call.actor(), project, now));
            store.projects().deleteOrganization(handle, organization.id());
            changes.noted(
                    handle, call.actor(), null, "organization.deleted", organization.id(), organization.name(), now);
        });
        return new Answer.NoContent();
    }
}
