package dev.porthole.server.control;

import dev.porthole.core.api.User;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.store.Account;
import dev.porthole.server.store.Store;
import java.util.List;

/** The person that a call is made for. */
final class AccountResource implements Resource {
    private final Store store;

    AccountResource(Store store) {
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                API + "/me",
                Scope.ACCOUNT_READ,
                "Who the credential belongs to",
                Output.one(200, User.class),
                this::me));
    }

    private Answer me(Call call) {
        String person = call.person().orElseThrow(() -> ProblemException.scopeMissing(Scope.ACCOUNT_READ));
        return Answer.ok(store.read(handle -> store.users().find(handle, person))
                .map(Account::toUser)
                .orElseThrow(ProblemException::unauthenticated));
    }
}
