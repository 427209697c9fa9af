package dev.porthole.server.identity;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.relay.SessionGrant;
import java.util.Optional;

/** Makes and checks connect tokens: what an agent shows when it dials. Safe from any thread; may block on the store. */
public interface ConnectTokens {
    /** A fresh token for a connector of a project, which ends with the parent's credential. */
    ConnectToken mint(Principal parent, String connectorId, String projectId);

    /** What a token grants now; empty for every kind of bad one alike. */
    Optional<SessionGrant> verify(String token);
}
