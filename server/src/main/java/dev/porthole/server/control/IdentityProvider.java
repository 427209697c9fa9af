package dev.porthole.server.control;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.identity.Authenticator;
import dev.porthole.server.identity.Departures;
import dev.porthole.server.identity.Consents;
import dev.porthole.server.identity.OAuthClients;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.People;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.relay.SessionGrant;
import java.util.Optional;

/** What the control plane asks of the identity provider. Safe from any thread; may block on the store. */
public interface IdentityProvider extends Authenticator {
    /** A fresh connect token for a connector, which ends with the parent's credential. */
    ConnectToken mint(Principal parent, String connector, String project);

    /** The keys of all projects. */
    ApiKeys apiKeys();

    /** What people's credentials gave in organizations that they leave. */
    Departures departures();

    /** What a connect token grants now; empty for every kind of bad one alike. */
    Optional<SessionGrant> verify(String connectToken);

    /** Programs of others that may sign people in. */
    OAuthClients clients();

    /** What people have allowed them. */
    Consents consents();

    /** What administrators do about people's ways in. */
    People people();

    /** What people do with their own accounts. */
    OwnAccount ownAccount();
}
