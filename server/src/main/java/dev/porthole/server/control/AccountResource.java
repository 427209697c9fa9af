package dev.porthole.server.control;

import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.User;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Account;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The person that a call is made for, and the organizations that are theirs. */
final class AccountResource implements Resource {
    private final Store store;

    AccountResource(Store store) {
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        API + "/me",
                        Scope.ACCOUNT_READ,
                        "Who the credential belongs to",
                        Output.one(200, User.class),
                        this::me),
                Route.get(
                        API + "/organizations",
                        Scope.PROJECTS_READ,
                        "The caller's organizations",
                        Output.page(Organization.class),
                        this::organizations));
    }

    private Answer me(Call call) {
        return Answer.ok(store.read(handle -> store.users().find(handle, userOf(call.principal())))
                .map(Account::toUser)
                .orElseThrow(ProblemException::unauthenticated));
    }

    /** Few for each person, so they are always one page. */
    private Answer organizations(Call call) {
        List<Organization> all = store.read(handle -> organizations(handle, call.principal()));
        return Answer.ok(new Page<>(all, all.size(), null));
    }

    private List<Organization> organizations(Handle handle, Principal caller) {
        return switch (caller) {
            case Principal.UserPrincipal user -> store.projects().organizationsOf(handle, user.userId());
            case Principal.KeyPrincipal key -> organizationOf(handle, key.projectId());
            case Principal.ConnectorPrincipal connector -> organizationOf(handle, connector.projectId());
        };
    }

    private List<Organization> organizationOf(Handle handle, String project) {
        return store.projects().find(handle, project).map(StoredProject::organization).stream()
                .toList();
    }

    private static String userOf(Principal caller) {
        return switch (caller) {
            case Principal.UserPrincipal user -> user.userId();
            case Principal.KeyPrincipal key -> key.userId();
            case Principal.ConnectorPrincipal connector -> throw ProblemException.scopeMissing(Scope.ACCOUNT_READ);
        };
    }
}
