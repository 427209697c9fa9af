package dev.porthole.desktop;

import dev.porthole.core.PortholeException;
import dev.porthole.core.ProjectOwnership;
import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Organizations in memory. */
public final class FakeOwnership implements ProjectOwnership {
    private final FakePorthole porthole;

    /** What Ada is, by an organization's id; an owner where nothing is said. */
    public final Map<String, Role> roles = new HashMap<>();

    FakeOwnership(FakePorthole porthole) {
        this.porthole = porthole;
    }

    @Override
    public List<Organization> organizations() throws PortholeException {
        porthole.failIfAsked();
        return porthole.projects.stream().map(Project::organization).distinct().toList();
    }

    @Override
    public Map<String, Role> roles(List<Organization> organizations) throws PortholeException {
        porthole.failIfAsked();
        Map<String, Role> all = new HashMap<>();
        organizations.forEach(it -> all.put(it.id(), roles.getOrDefault(it.id(), Role.owner)));
        return all;
    }

    @Override
    public Project create(String name, @Nullable String organization) throws PortholeException {
        porthole.calls.add("create project " + name);
        porthole.failIfAsked();
        Organization owner = organizations().stream()
                .filter(it -> organization == null || it.id().equals(organization))
                .findFirst()
                .orElseThrow();
        Project made = new Project("prj_" + (porthole.projects.size() + 1), name, owner);
        List<Project> after = new ArrayList<>(porthole.projects);
        after.add(made);
        porthole.projects = List.copyOf(after);
        return made;
    }

    @Override
    public Project rename(String projectId, String name) throws PortholeException {
        porthole.calls.add("rename project " + projectId + " to " + name);
        porthole.failIfAsked();
        porthole.projects = porthole.projects.stream()
                .map(it -> it.id().equals(projectId) ? new Project(projectId, name, it.organization()) : it)
                .toList();
        porthole.activeProject.update(active -> active.flatMap(it -> find(it.id())));
        return find(projectId).orElseThrow();
    }

    @Override
    public void leave(String organizationId) throws PortholeException {
        porthole.calls.add("leave " + organizationId);
        porthole.failIfAsked();
        porthole.projects = porthole.projects.stream()
                .filter(it -> !it.organization().id().equals(organizationId))
                .toList();
        porthole.activeProject.update(active -> active.flatMap(it -> find(it.id())));
    }

    private Optional<Project> find(String id) {
        return porthole.projects.stream().filter(it -> it.id().equals(id)).findFirst();
    }
}
