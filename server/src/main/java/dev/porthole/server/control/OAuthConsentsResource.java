package dev.porthole.server.control;

import dev.porthole.core.api.OAuthConsent;
import dev.porthole.core.api.Page;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.util.List;

/** What the caller has allowed programs of others; for the person alone, not for keys or such programs. */
final class OAuthConsentsResource implements Resource {
    private static final String CONSENTS = API + "/me/consents";

    private final Store store;
    private final IdentityProvider identity;
    private final AuditTrail audit;
    private final Scheduler scheduler;

    OAuthConsentsResource(Store store, IdentityProvider identity, Scheduler scheduler) {
        this.store = store;
        this.identity = identity;
        this.audit = new AuditTrail(store.audit());
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        CONSENTS,
                        Scope.ACCOUNT_READ,
                        "What the caller has allowed programs of others",
                        Output.page(OAuthConsent.class),
                        this::list),
                Route.delete(
                        CONSENTS + "/{client}",
                        Scope.ACCOUNT_WRITE,
                        "Takes back what a program was allowed; its tokens and their sessions end at once",
                        this::revoke));
    }

    private Answer list(Call call) {
        List<OAuthConsent> all = identity.consents().list(person(call));
        return Answer.ok(new Page<>(all, all.size(), null));
    }

    private Answer revoke(Call call) {
        String user = person(call);
        String client = call.path("client");
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            if (!identity.consents().revoke(handle, user, client)) {
                throw ProblemException.notFound("consent");
            }
            audit.record(handle, call.actor(), null, "consent.revoked", client, null, now);
        });
        return new Answer.NoContent();
    }

    private static String person(Call call) {
        if (call.principal() instanceof Principal.UserPrincipal user && !user.isApp()) {
            return user.userId();
        }
        throw ProblemException.of(403, "people-only", "This is for the person alone", "sign in yourself");
    }
}
