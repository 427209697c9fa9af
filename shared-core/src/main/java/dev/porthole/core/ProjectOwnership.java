package dev.porthole.core;

import dev.porthole.core.api.Organization;
import dev.porthole.core.api.Project;
import dev.porthole.core.api.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Making projects, renaming them, leaving those who own them. Threads and errors are those of {@link Porthole}. */
public interface ProjectOwnership {
    /** The organizations that the user belongs to, by name. */
    List<Organization> organizations() throws PortholeException;

    /** What the user is in each of these organizations, by their ids; one that does not say is left out. */
    Map<String, Role> roles(List<Organization> organizations) throws PortholeException;

    /**
     * Makes a project; it does not become the active one.
     *
     * @param organization its owner's id; null for who has one organization
     */
    Project create(String name, @Nullable String organization) throws PortholeException;

    /** Gives a project another name; its tunnels keep theirs. */
    Project rename(String projectId, String name) throws PortholeException;

    /** Leaves an organization with all of its projects; what this device carries of them is turned off before. */
    void leave(String organizationId) throws PortholeException;
}
