package dev.porthole.server.control;

import dev.porthole.core.api.OneTimeLink;
import dev.porthole.core.api.UserAccount;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.People;
import dev.porthole.server.store.Slice;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** People's accounts, for administrators. */
final class UsersResource implements Resource {
    private static final String USERS = API + "/admin/users";
    private static final String USER = USERS + "/{user}";

    /** What is not given stays as it is. */
    record UserChange(@Nullable Boolean active, @Nullable Boolean administrator) {}

    /** @param administrator whether the new account administers this server */
    record AccountInvitation(boolean administrator) {}

    private final Store store;
    private final Access access;
    private final People people;
    private final UserRemoval removal;
    private final AuditTrail audit;
    private final Scheduler scheduler;

    UsersResource(Store store, Access access, People people, UserRemoval removal, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.people = people;
        this.removal = removal;
        this.audit = new AuditTrail(store.audit());
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(USERS, Scope.ADMIN, "All accounts", Output.page(UserAccount.class), this::list),
                Route.get(USER, Scope.ADMIN, "One account", Output.one(200, UserAccount.class), this::get),
                new Route(
                        "PATCH",
                        USER,
                        Scope.ADMIN,
                        "Switches an account on or off, or makes an administrator",
                        UserChange.class,
                        Output.one(200, UserAccount.class),
                        this::change),
                Route.delete(
                        USER,
                        Scope.ADMIN,
                        "Deletes an account; with what is its person's alone only if ?confirm= is their name",
                        this::delete),
                new Route(
                        "POST",
                        USER + "/password-reset",
                        Scope.ADMIN,
                        "A link for one use within an hour, to choose a new password",
                        null,
                        Output.one(201, OneTimeLink.class),
                        this::resetPassword),
                Route.delete(
                        USER + "/second-factor",
                        Scope.ADMIN,
                        "Asks someone for no codes any more",
                        this::removeSecondFactor),
                new Route(
                        "POST",
                        API + "/admin/invitations",
                        Scope.ADMIN,
                        "A link for one use within a week, to make a local account",
                        AccountInvitation.class,
                        Output.one(201, OneTimeLink.class),
                        this::invite));
    }

    private Answer list(Call call) {
        access.requireAdministrator(call.principal());
        Slice slice = call.slice();
        return Answer.ok(store.read(handle -> Views.page(
                store.users().list(handle, Views.oneMore(slice)),
                slice,
                store.users().count(handle),
                user -> new Slice.Place(user.createdAt(), user.id()),
                user -> user)));
    }

    private Answer get(Call call) {
        access.requireAdministrator(call.principal());
        return Answer.ok(store.read(handle -> user(handle, call)));
    }

    private Answer change(Call call) {
        access.requireAdministrator(call.principal());
        UserChange wanted = call.body(UserChange.class);
        return Answer.ok(store.write(handle -> {
            UserAccount before = user(handle, call);
            boolean active = wanted.active() == null ? before.active() : wanted.active();
            boolean administrator = wanted.administrator() == null ? before.administrator() : wanted.administrator();
            if (before.active() && before.administrator() && !(active && administrator)) {
                requireAnotherAdministrator(handle, active ? "administrator" : "active");
            }
            if (administrator != before.administrator()) {
                store.users().setAdministrator(handle, before.id(), administrator);
                record(
                        handle,
                        call,
                        administrator ? "user.made-administrator" : "user.unmade-administrator",
                        before.id());
            }
            if (active != before.active()) {
                store.users().setActive(handle, before.id(), active);
                record(handle, call, active ? "user.activated" : "user.deactivated", before.id());
            }
            if (before.active() && !active) {
                people.endEverything(handle, before.id(), "its user was deactivated");
            }
            return user(handle, call);
        }));
    }

    private Answer delete(Call call) {
        access.requireAdministrator(call.principal());
        store.writeOnly(handle -> {
            UserAccount user = user(handle, call);
            if (user.active() && user.administrator()) {
                requireAnotherAdministrator(handle, "user");
            }
            removal.remove(handle, call.actor(), user, call.query().get("confirm"), scheduler.now());
        });
        return new Answer.NoContent();
    }

    /** Whoever is alone can't leave: nobody could let them in again. */
    private void requireAnotherAdministrator(Handle handle, String field) {
        if (store.users().activeAdministrators(handle) < 2) {
            throw ProblemException.conflict(
                    "last-administrator",
                    "This is the last administrator",
                    "expected: another active administrator first",
                    field);
        }
    }

    private Answer resetPassword(Call call) {
        access.requireAdministrator(call.principal());
        return Answer.created(store.write(handle -> {
            UserAccount user = user(handle, call);
            OneTimeLink link = people.resetPassword(
                            handle, user.id(), call.actor().id())
                    .orElseThrow(() -> ProblemException.conflict(
                            "no-password",
                            "This account has no password here",
                            "provider: " + user.provider() + " (expected: local)",
                            "user"));
            record(handle, call, "user.password-reset-link", user.id());
            return link;
        }));
    }

    private Answer removeSecondFactor(Call call) {
        access.requireAdministrator(call.principal());
        store.writeOnly(handle -> {
            UserAccount user = user(handle, call);
            people.removeSecondFactor(handle, user.id());
            record(handle, call, "user.second-factor-removed", user.id());
        });
        return new Answer.NoContent();
    }

    private Answer invite(Call call) {
        access.requireAdministrator(call.principal());
        boolean administrator = call.body(AccountInvitation.class).administrator();
        return Answer.created(store.write(handle -> {
            OneTimeLink link = people.invite(handle, administrator, call.actor().id());
            record(handle, call, "user.invited", administrator ? "administrator" : "user");
            return link;
        }));
    }

    private UserAccount user(Handle handle, Call call) {
        return store.users().account(handle, call.path("user")).orElseThrow(() -> ProblemException.notFound("user"));
    }

    private void record(Handle handle, Call call, String action, String resource) {
        Instant now = scheduler.now();
        audit.record(handle, call.actor(), null, action, resource, null, now);
    }
}
