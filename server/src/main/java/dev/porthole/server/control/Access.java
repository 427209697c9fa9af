package dev.porthole.server.control;

import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Role;
import dev.porthole.server.identity.Principal;
import dev.porthole.server.store.Store;
import dev.porthole.server.store.StoredProject;
import dev.porthole.server.store.StoredTunnel;
import java.util.List;
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
            case Principal.UserPrincipal user -> !user.isApp() || !Scope.OF_NO_APP.contains(scope.text());
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

    /**
     * The project of the path, if the caller reaches it.
     *
     * @throws ProblemException 404 if not; 403 if it does, but its role lacks what the route asks for
     */
    StoredProject project(Handle handle, Call call) {
        return project(handle, call, call.path("project")).orElseThrow(() -> ProblemException.notFound("project"));
    }

    /**
     * A project, if the caller reaches it.
     *
     * @throws ProblemException 403 if it does, but its role lacks what the route asks for
     */
    Optional<StoredProject> project(Handle handle, Call call, String id) {
        Optional<StoredProject> found = reached(handle, call.principal(), id);
        found.ifPresent(
                project -> requireRole(handle, call, project.organization().id()));
        return found;
    }

    /** A key reaches nothing any more that its maker does not reach. */
    private Optional<StoredProject> reached(Handle handle, Principal caller, String id) {
        return switch (caller) {
            case Principal.UserPrincipal user -> store.projects().findForUser(handle, id, user.userId());
            case Principal.KeyPrincipal key ->
                id.equals(key.projectId()) ? store.projects().findForUser(handle, id, key.userId()) : Optional.empty();
            case Principal.ConnectorPrincipal connector ->
                id.equals(connector.projectId()) ? store.projects().find(handle, id) : Optional.empty();
        };
    }

    private void requireRole(Handle handle, Call call, String organization) {
        Scope scope = call.scope();
        Optional<Role> role = role(handle, call, organization);
        if (scope != null && role.isPresent() && !Rights.may(role.get(), scope)) {
            throw ProblemException.roleMissing(role.get(), "one with " + scope.text());
        }
    }

    /** What the caller, or a key's maker, is in an organization. */
    Optional<Role> role(Handle handle, Call call, String organization) {
        return call.person().flatMap(person -> store.members().role(handle, organization, person));
    }

    /**
     * The organization of the path, if the caller belongs to it.
     *
     * @throws ProblemException 404 if not; 403 if it does, but its role lacks what the route asks for
     */
    Organization organization(Handle handle, Call call) {
        Organization organization = reachedOrganization(handle, call);
        requireRole(handle, call, organization.id());
        return organization;
    }

    /** The organization of the path, if the caller belongs to it, as whatever. */
    Organization reachedOrganization(Handle handle, Call call) {
        String id = call.path("organization");
        boolean reached = switch (call.principal()) {
            case Principal.UserPrincipal user -> true;
            case Principal.KeyPrincipal key -> isOf(handle, key.projectId(), id);
            case Principal.ConnectorPrincipal connector -> false;
        };
        return store.projects()
                .findOrganization(handle, id)
                .filter(organization -> reached && role(handle, call, id).isPresent())
                .orElseThrow(() -> ProblemException.notFound("organization"));
    }

    private boolean isOf(Handle handle, String project, String organization) {
        return store.projects()
                .find(handle, project)
                .filter(found -> found.organization().id().equals(organization))
                .isPresent();
    }

    /** Whether the caller reaches this tunnel of a project that it reaches. */
    static boolean reachesTunnel(Principal caller, String tunnel) {
        return !(caller instanceof Principal.KeyPrincipal key)
                || key.tunnelId() == null
                || tunnel.equals(key.tunnelId());
    }

    /** Whether the caller reaches all that is in a project that it reaches: neither a connector nor a tunnel's key. */
    static boolean reachesAll(Principal caller) {
        return switch (caller) {
            case Principal.UserPrincipal user -> true;
            case Principal.KeyPrincipal key -> key.tunnelId() == null;
            case Principal.ConnectorPrincipal connector -> false;
        };
    }

    /**
     * Of what concerns more than one tunnel.
     *
     * @throws ProblemException 403 for a tunnel's key
     */
    static void requireAll(Principal caller) {
        if (!reachesAll(caller)) {
            throw ProblemException.of(
                    403, "key-of-one-tunnel", "This key reaches one tunnel", "use a key of the project");
        }
    }

    /** Whether the caller reaches every connector of a project that it reaches, or this one by its nature. */
    static boolean reachesConnector(Principal caller, String connector) {
        return switch (caller) {
            case Principal.ConnectorPrincipal own -> own.connectorId().equals(connector);
            case Principal.UserPrincipal user -> true;
            case Principal.KeyPrincipal key -> key.tunnelId() == null;
        };
    }

    /**
     * Whether the caller may be the agent of this connector. A tunnel's key may of one that carries its tunnel, or
     * nothing: what its sessions may carry is less still.
     */
    boolean connectsFor(Handle handle, Principal caller, String connector) {
        if (reachesConnector(caller, connector)) {
            return true;
        }
        List<StoredTunnel> carried = store.tunnels().ofConnector(handle, connector);
        return caller instanceof Principal.KeyPrincipal key
                && (carried.isEmpty() || carried.stream().anyMatch(tunnel -> reachesTunnel(key, tunnel.id())));
    }
}
