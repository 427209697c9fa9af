package dev.porthole.core;

import dev.porthole.core.api.Member;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link ProjectOwnership} over the REST API. */
final class CoreOwnership implements ProjectOwnership {
    private static final Comparator<Organization> BY_NAME =
            Comparator.comparing(Organization::name, String.CASE_INSENSITIVE_ORDER);

    private final Connections connections;
    private final Confirmation confirmation;

    /** Asks again which project is the active one, and what it is called. */
    interface Confirmation {
        void again() throws PortholeException;
    }

    CoreOwnership(Connections connections, Confirmation confirmation) {
        this.connections = connections;
        this.confirmation = confirmation;
    }

    @Override
    public List<Organization> organizations() throws PortholeException {
        return connections.call(connection ->
                connection.client().organizations().stream().sorted(BY_NAME).toList());
    }

    @Override
    public Map<String, Role> roles(List<Organization> organizations) throws PortholeException {
        return connections.call(connection -> {
            String user = connection.account().user().id();
            Map<String, Role> roles = new HashMap<>();
            for (Organization organization : organizations) {
                try {
                    connection.client().owners().members(organization.id()).stream()
                            .filter(member -> member.user().equals(user))
                            .map(Member::role)
                            .findFirst()
                            .ifPresent(role -> roles.put(organization.id(), role));
                } catch (ProblemException silent) {
                    if (silent.status() == 401) {
                        throw silent;
                    }
                }
            }
            return Map.copyOf(roles);
        });
    }

    @Override
    public Project create(String name, @Nullable String organization) throws PortholeException {
        return connections.call(connection -> connection.client().owners().createProject(name, organization));
    }

    @Override
    public Project rename(String projectId, String name) throws PortholeException {
        Project renamed =
                connections.call(connection -> connection.client().owners().renameProject(projectId, name));
        confirmation.again();
        return renamed;
    }

    @Override
    public void leave(String organizationId) throws PortholeException {
        boolean _ = connections.call(connection -> {
            Set<String> projects = connection.client().projects().stream()
                    .filter(project -> project.organization().id().equals(organizationId))
                    .map(Project::id)
                    .collect(Collectors.toSet());
            for (TunnelState state : connection.tunnels().tunnels().get()) {
                if (state.here() && projects.contains(state.tunnel().project())) {
                    connection.tunnels().stop(state.tunnel().id());
                }
            }
            String user = connection.account().user().id();
            connection.client().owners().removeMember(organizationId, user);
            return true;
        });
        confirmation.again();
    }
}
