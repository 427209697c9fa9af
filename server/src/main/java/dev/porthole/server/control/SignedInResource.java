package dev.porthole.server.control;

import dev.porthole.core.api.Login;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.SignedInSession;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.Principal.UserPrincipal;
import dev.porthole.server.identity.RefusedException;
import dev.porthole.server.store.Store;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Where the caller is signed in, and by what. */
final class SignedInResource implements Resource {
    private static final String SESSIONS = API + "/me/sessions";
    private static final String LOGINS = API + "/me/logins";

    private final Store store;
    private final OwnAccount account;
    private final AuditTrail audit;
    private final Scheduler scheduler;

    SignedInResource(Store store, OwnAccount account, Scheduler scheduler) {
        this.store = store;
        this.account = account;
        this.audit = new AuditTrail(store.audit());
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        SESSIONS,
                        Scope.ACCOUNT_WRITE,
                        "The browsers and apps that the caller is signed in with",
                        Output.page(SignedInSession.class),
                        call -> page(account.sessions(person(call)))),
                Route.delete(
                        SESSIONS + "/{id}",
                        Scope.ACCOUNT_WRITE,
                        "Signs a browser or an app out, and ends its live sessions",
                        this::endSession),
                Route.get(
                        LOGINS,
                        Scope.ACCOUNT_WRITE,
                        "What the caller signs in with",
                        Output.page(Login.class),
                        call -> page(account.logins(person(call)))),
                Route.delete(
                        LOGINS + "/{id}",
                        Scope.ACCOUNT_WRITE,
                        "Takes a linked sign-in away from the caller's account",
                        this::unlink));
    }

    /** Few for each person, so they are always one page. */
    private static <T> Answer page(List<T> all) {
        return Answer.ok(new Page<>(all, all.size(), null));
    }

    private Answer endSession(Call call) {
        String id = call.path("id");
        store.writeOnly(handle -> {
            if (!account.endSession(handle, person(call), id)) {
                throw ProblemException.notFound("session");
            }
            record(handle, call, "session.signed-out", id);
        });
        return new Answer.NoContent();
    }

    private Answer unlink(Call call) {
        String id = call.path("id");
        store.writeOnly(handle -> {
            if (!unlink(handle, person(call), id)) {
                throw ProblemException.notFound("login");
            }
            record(handle, call, "login.unlinked", id);
        });
        return new Answer.NoContent();
    }

    private boolean unlink(Handle handle, UserPrincipal person, String id) {
        try {
            return account.unlink(handle, person, id);
        } catch (RefusedException refused) {
            throw ProblemException.refused(refused);
        }
    }

    private void record(Handle handle, Call call, String action, String resource) {
        audit.record(handle, call.actor(), null, action, resource, null, scheduler.now());
    }

    /** Keys have no right to these routes. */
    static UserPrincipal person(Call call) {
        if (call.principal() instanceof UserPrincipal user) {
            return user;
        }
        throw ProblemException.scopeMissing(Scope.ACCOUNT_WRITE);
    }
}
