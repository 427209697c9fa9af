package dev.porthole.server.control;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.core.api.ConnectTokenRequest;
import dev.porthole.server.control.Route.Output;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredConnector;
import java.util.List;

/** Turns any credential into what an agent shows when it dials. */
final class ConnectTokensResource implements Resource {
    private final Store store;
    private final Access access;
    private final IdentityProvider identity;

    ConnectTokensResource(Store store, Access access, IdentityProvider identity) {
        this.store = store;
        this.access = access;
        this.identity = identity;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                "POST",
                API + "/connect-tokens",
                Scope.CONNECT,
                "A connect token for a connector, which ends with the caller's credential",
                ConnectTokenRequest.class,
                Output.one(201, ConnectToken.class),
                this::mint));
    }

    private Answer mint(Call call) {
        String wanted = call.body(ConnectTokenRequest.class).connector();
        String id = wanted == null ? ownConnector(call.principal()) : wanted;
        StoredConnector connector = store.read(handle -> store.connectors()
                .find(handle, id)
                .filter(found -> access.project(handle, call, found.project()).isPresent())
                .filter(found -> access.connectsFor(handle, call.principal(), found.id()))
                .orElseThrow(() -> ProblemException.notFound("connector")));
        return Answer.created(identity.mint(call.principal(), connector.id(), connector.project()));
    }

    private static String ownConnector(Principal caller) {
        if (caller instanceof Principal.ConnectorPrincipal own) {
            return own.connectorId();
        }
        throw ProblemException.invalid("connector", "connector: missing (expected: a connector's id)");
    }
}
