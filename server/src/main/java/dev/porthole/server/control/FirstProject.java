package dev.porthole.server.control;

import dev.porthole.core.api.Ids;
import dev.porthole.core.api.Organization;
import dev.porthole.server.audit.Actor;
import dev.porthole.server.store.Account;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Gives each person an organization and a project of their own at their first sign-in. */
public final class FirstProject {
    private final Store store;
    private final Changes changes;
    private final Scheduler scheduler;

    FirstProject(Store store, Changes changes, Scheduler scheduler) {
        this.store = store;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    /** Of a store that no server uses now: nobody follows its events. */
    public static FirstProject offline(Store store, Scheduler scheduler) {
        return new FirstProject(
                store, new Changes(store, new EventStreams(store, scheduler, Duration.ZERO)), scheduler);
    }

    /** Someone signed in. However often and in parallel this is called, there is one project in the end. */
    public void signedIn(String user) {
        boolean known = store.read(
                handle -> store.projects().personalOrganization(handle, user).isPresent());
        if (!known) {
            store.writeOnly(handle -> {
                if (store.projects().personalOrganization(handle, user).isEmpty()) {
                    store.users().find(handle, user).ifPresent(account -> make(handle, account));
                }
            });
        }
    }

    private void make(Handle handle, Account account) {
        Instant now = scheduler.now();
        Organization organization = new Organization(Ids.next("org"), account.name());
        store.projects().insertOrganization(handle, organization, account.id(), now);
        store.projects().insertOwner(handle, organization.id(), account.id(), now);
        StoredProject project = new StoredProject(Ids.next("prj"), account.name() + "'s project", organization, now);
        store.projects().insert(handle, project);
        changes.deed(
                handle,
                new Actor(account.id(), null),
                project.id(),
                "project.created",
                project.id(),
                project.toProject(),
                now);
    }
}
