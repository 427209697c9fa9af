package dev.porthole.server.store;

import dev.porthole.core.api.Organization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Organizations, who belongs to them, and their projects. */
public interface Projects {
    /**
     * Adds an organization.
     *
     * @param personalOf the user whose first sign-in makes it
     */
    void insertOrganization(Handle handle, Organization organization, @Nullable String personalOf, Instant at);

    void insertOwner(Handle handle, String organization, String user, Instant at);

    void insert(Handle handle, StoredProject project);

    /** The organization that a user's first sign-in made. */
    Optional<Organization> personalOrganization(Handle handle, String user);

    /** The organizations that a user belongs to, the oldest first. */
    List<Organization> organizationsOf(Handle handle, String user);

    Optional<StoredProject> find(Handle handle, String id);

    /** A project, if the user belongs to its organization. */
    Optional<StoredProject> findForUser(Handle handle, String id, String user);

    List<StoredProject> listForUser(Handle handle, String user, Slice slice);

    long countForUser(Handle handle, String user);

    Optional<Organization> findOrganization(Handle handle, String id);

    void renameOrganization(Handle handle, String id, String name);

    /** Deletes an organization with its members and invitations; its projects are gone before. */
    void deleteOrganization(Handle handle, String id);

    void rename(Handle handle, String id, String name);

    /** Deletes a project's row and its events; what else belongs to it is gone before. */
    void delete(Handle handle, String id);

    /** An organization's projects, the oldest first. */
    List<StoredProject> ofOrganization(Handle handle, String organization);
}
