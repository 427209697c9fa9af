package dev.porthole.server.control;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.identity.ApiKeys;
import dev.porthole.server.identity.Authenticator;
import dev.porthole.server.identity.ConnectorCredentials;
import dev.porthole.server.identity.Consents;
import dev.porthole.server.identity.Departures;
import dev.porthole.server.identity.OAuthClients;
import dev.porthole.server.identity.OwnAccount;
import dev.porthole.server.identity.People;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.relay.SessionGrant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the control plane asks of the identity provider. Safe from any thread; may block on the store. */
public interface IdentityProvider extends Authenticator {
    /** A fresh connect token for a connector, which ends with the parent's credential. */
    ConnectToken mint(Principal parent, String connector, String project);

    /**
     * Ends what an external connector has and gives it a fresh credential, in the caller's transaction.
     *
     * @return the secret, which is never to be had again
     */
    String rotateCredential(Handle handle, String connector, Principal maker);

    /** What is known of an external connector's credential; empty if it has none. */
    Optional<ConnectorCredentials.Known> credentialOf(Handle handle, String connector);

    /** Ends what an external connector has, in the caller's transaction. */
    void endCredential(Handle handle, String connector, String because);

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
