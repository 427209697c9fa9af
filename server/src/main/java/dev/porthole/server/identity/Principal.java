package dev.porthole.server.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, and by which credential: the id of what has to be ended to end the call's right. Never a secret.
 */
public sealed interface Principal {
    /**
     * The credential's id: a refresh family ({@code fam_…}), an API key ({@code key_…}), a connector's ({@code crd_…}).
     */
    String credential();

    /**
     * A person who signed in. May do all that the person may do.
     *
     * @param credential the refresh family that the access token belongs to
     */
    record UserPrincipal(String userId, String credential) implements Principal {
        /** What ids of families begin with that belong to somebody else's program. */
        static final String OF_APP = "app";

        /** What ids of sessions begin with that a browser has with the server's pages. */
        static final String OF_BROWSER = "ses";

        /** Whether the person uses the server's own pages. */
        public boolean isBrowser() {
            return credential.startsWith(OF_BROWSER + "_");
        }

        /** Whether a program of somebody else's acts for the person: it administers nothing and changes no account. */
        public boolean isApp() {
            return credential.startsWith(OF_APP + "_");
        }
    }

    /**
     * An API key.
     *
     * @param userId who made it
     * @param projectId the only project that it reaches
     * @param tunnelId the only tunnel that it reaches there; all, if absent
     * @param scopes what it may do there, as long as its maker may
     * @param credential the key's id again
     */
    record KeyPrincipal(
            String keyId,
            String userId,
            String projectId,
            @Nullable String tunnelId,
            Set<String> scopes,
            String credential)
            implements Principal {
        public KeyPrincipal {
            scopes = Set.copyOf(scopes);
        }

        /** A whole project's key. */
        public KeyPrincipal(String keyId, String userId, String projectId, Set<String> scopes, String credential) {
            this(keyId, userId, projectId, null, scopes, credential);
        }
    }

    /** An external connector with a credential of its own: reaches its own desired state and nothing else. */
    record ConnectorPrincipal(String connectorId, String projectId, String credential) implements Principal {}
}
