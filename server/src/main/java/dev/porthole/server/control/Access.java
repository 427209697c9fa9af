package dev.porthole.server.control;

import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who reaches what. What someone does not reach is not there for them: 404, never 403. */
final class Access {
    private final Store store;

    Access(Store store) {
        this.store = store;
    }

    /**
     * Before anything is looked up.
     *
     * @throws ProblemException 403 if the credential's scopes lack it
     */
    static void requireScope(Principal caller, Scope scope) {
        boolean may = switch (caller) {
            case Principal.UserPrincipal user -> true;
            case Principal.KeyPrincipal key -> key.scopes().contains(scope.text()) && !Scope.OF_PEOPLE.contains(scope);
            case Principal.ConnectorPrincipal connector -> Scope.OF_CONNECTORS.contains(scope);
        };
        if (!may) {
            throw ProblemException.scopeMissing(scope);
        }
    }

    /**
     * A signed-in administrator of this server; a key never is one.
     *
     * @throws ProblemException 403 for everyone else
     */
    void requireAdministrator(Principal caller) {
        boolean administrator = caller instanceof Principal.UserPrincipal user
                && store.read(handle -> store.users().find(handle, user.userId()))
                        .filter(account -> account.active() && account.administrator())
                        .isPresent();
        if (!administrator) {
            throw ProblemException.of(403, "administrators-only", "Only an administrator may do this", null);
        }
    }

    /** The project of the path, if the caller reaches it. */
    StoredProject project(Handle handle, Call call) {
        return project(handle, call.principal(), call.path("project"))
                .orElseThrow(() -> ProblemException.notFound("project"));
    }

    Optional<StoredProject> project(Handle handle, Principal caller, String project) {
        return switch (caller) {
            case Principal.UserPrincipal user -> store.projects().findForUser(handle, project, user.userId());
            case Principal.KeyPrincipal key -> findIfSame(handle, project, key.projectId());
            case Principal.ConnectorPrincipal connector -> findIfSame(handle, project, connector.projectId());
        };
    }

    private Optional<StoredProject> findIfSame(Handle handle, String wanted, String reached) {
        return wanted.equals(reached) ? store.projects().find(handle, wanted) : Optional.empty();
    }

    /** Whether the caller reaches this connector of a project that it reaches. */
    static boolean reachesConnector(Principal caller, String connector) {
        return !(caller instanceof Principal.ConnectorPrincipal own)
                || own.connectorId().equals(connector);
    }
}
