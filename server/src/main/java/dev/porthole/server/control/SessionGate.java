package dev.porthole.server.control;

import dev.porthole.server.relay.SessionAuthority;
import dev.porthole.server.relay.SessionGrant;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredTunnel;
import java.util.List;
import java.util.Optional;

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
                .filter(grant -> store.read(handle -> store.connectors()
                        .findIn(handle, grant.project(), grant.connector())
                        .isPresent()));
    }

    @Override
    public List<String> mayCarry(SessionGrant grant, List<String> tunnels) {
        return store.read(handle -> tunnels.stream()
                .filter(id -> store.tunnels()
                        .findIn(handle, grant.project(), id)
                        .filter(StoredTunnel::enabled)
                        .filter(tunnel -> grant.connector().equals(tunnel.connector()))
                        .isPresent())
                .toList());
    }
}
