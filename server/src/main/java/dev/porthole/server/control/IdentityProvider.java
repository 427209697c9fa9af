package dev.porthole.server.control;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.identity.Authenticator;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.People;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.relay.SessionGrant;
import java.util.Optional;

/** What the control plane asks of the identity provider. Safe from any thread; may block on the store. */
public interface IdentityProvider extends Authenticator {
    /** A fresh connect token for a connector, which ends with the parent's credential. */
    ConnectToken mint(Principal parent, String connector, String project);

    /** What a connect token grants now; empty for every kind of bad one alike. */
    Optional<SessionGrant> verify(String connectToken);

    /** What administrators do about people's ways in. */
    People people();

    /** What people do with their own accounts. */
    OwnAccount ownAccount();
}
