package dev.porthole.server.control;

import dev.porthole.core.api.Role;
import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.Members.Standing;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredTunnel;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Says who may open a session, and what it may carry. */
final class SessionGate implements SessionAuthority {
    private final Store store;
    private final IdentityProvider identity;

    SessionGate(Store store, IdentityProvider identity) {
        this.store = store;
        this.identity = identity;
    }

    @Override
    public Optional<SessionGrant> authorize(String connectToken) {
        // A connector that was removed takes its tokens with it.
        return identity.verify(connectToken)
                .filter(grant -> store.read(handle -> mayConnect(handle, grant)
                        && store.connectors()
                                .findIn(handle, grant.project(), grant.connector())
                                .isPresent()));
    }

    /** Whoever may not connect for the project any more gets no session, whatever the token says. */
    private boolean mayConnect(Handle handle, SessionGrant grant) {
        Optional<Standing> person = store.members().standing(handle, grant.parent(), grant.project());
        Role role = person.map(Standing::role).orElse(null);
        return person.isEmpty() || (role != null && Rights.may(role, Scope.CONNECT));
    }

    @Override
    public List<String> mayCarry(SessionGrant grant, List<String> tunnels) {
        return store.read(handle -> {
            String only = store.members()
                    .standing(handle, grant.parent(), grant.project())
                    .map(Standing::tunnel)
                    .orElse(null);
            return tunnels.stream()
                    .filter(id -> only == null || only.equals(id))
                    .filter(id -> store.tunnels()
                            .findIn(handle, grant.project(), id)
                            .filter(StoredTunnel::enabled)
                            .filter(tunnel -> grant.connector().equals(tunnel.connector()))
                            .isPresent())
                    .toList();
        });
    }
}
