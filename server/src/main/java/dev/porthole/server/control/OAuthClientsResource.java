package dev.porthole.server.control;

import dev.porthole.core.api.OAuthClient;
import dev.porthole.core.api.Page;
import dev.porthole.server.audit.AuditTrail;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.OAuthClients;
import dev.porthole.server.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs of others that people may sign in to with their account here; for administrators. */
final class OAuthClientsResource implements Resource {
    private static final String CLIENTS = API + "/admin/clients";
    private static final int MOST_REDIRECTS = 20;

    /**
     * @param redirectUris where people may be sent back to; may be left out by a program that only uses the device
     *     grant
     * @param resourceServer whether it signs nobody in, and may ask what access tokens are worth
     */
    record ClientRequest(
            String name,
            @Nullable List<String> redirectUris,
            @Nullable Boolean resourceServer) {}

    private final Store store;
    private final Access access;
    private final IdentityProvider identity;
    private final AuditTrail audit;
    private final Scheduler scheduler;

    OAuthClientsResource(Store store, Access access, IdentityProvider identity, Scheduler scheduler) {
        this.store = store;
        this.access = access;
        this.identity = identity;
        this.audit = new AuditTrail(store.audit());
        this.scheduler = scheduler;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        CLIENTS,
                        Scope.ADMIN,
                        "Programs that may sign people in",
                        Output.page(OAuthClient.class),
                        this::list),
                new Route(
                        "POST",
                        CLIENTS,
                        Scope.ADMIN,
                        "Registers a program; a resource server's secret is in this answer and never again",
                        ClientRequest.class,
                        Output.one(201, OAuthClient.class),
                        this::register),
                Route.delete(
                        CLIENTS + "/{client}",
                        Scope.ADMIN,
                        "Removes a program; its tokens and their sessions end at once",
                        this::remove));
    }

    /** Few for each server, so they are always one page. */
    private Answer list(Call call) {
        access.requireAdministrator(call.principal());
        List<OAuthClient> all = identity.clients().list();
        return Answer.ok(new Page<>(all, all.size(), null));
    }

    private Answer register(Call call) {
        access.requireAdministrator(call.principal());
        ClientRequest request = call.body(ClientRequest.class);
        String name = Texts.line("name", request.name());
        List<String> redirects = request.redirectUris() == null ? List.of() : request.redirectUris();
        boolean resourceServer = Boolean.TRUE.equals(request.resourceServer());
        check(redirects, resourceServer);
        Instant now = scheduler.now();
        return Answer.created(store.write(handle -> {
            OAuthClient made = identity.clients().register(handle, name, redirects, resourceServer);
            audit.record(handle, call.actor(), null, "client.created", made.id(), made.name(), now);
            return made;
        }));
    }

    private Answer remove(Call call) {
        access.requireAdministrator(call.principal());
        String id = call.path("client");
        Instant now = scheduler.now();
        store.writeOnly(handle -> {
            if (!identity.clients().remove(handle, id)) {
                throw ProblemException.notFound("client");
            }
            audit.record(handle, call.actor(), null, "client.deleted", id, null, now);
        });
        return new Answer.NoContent();
    }

    private static void check(List<String> redirects, boolean resourceServer) {
        if (resourceServer && !redirects.isEmpty()) {
            throw ProblemException.invalid(
                    "redirectUris", "redirectUris: " + redirects.size() + " (expected: none for a resource server)");
        }
        if (redirects.size() > MOST_REDIRECTS) {
            throw ProblemException.invalid(
                    "redirectUris",
                    "redirectUris: " + redirects.size() + " (expected: " + MOST_REDIRECTS + " or fewer)");
        }
        for (int i = 0; i < redirects.size(); i++) {
            String fault = OAuthClients.faultOf(redirects.get(i));
            if (fault != null) {
                String field = "redirectUris[" + i + "]";
                throw ProblemException.invalid(field, field + ": " + fault);
            }
        }
    }
}
