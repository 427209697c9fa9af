package dev.porthole.server.store;

import dev.porthole.core.api.Organization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlProjects implements Projects {
    private static final RowMapper<Organization> ORGANIZATION =
            (row, context) -> new Organization(row.getString("id"), row.getString("name"));
    private static final RowMapper<StoredProject> PROJECT = (row, context) -> new StoredProject(
            row.getString("id"),
            row.getString("name"),
            new Organization(row.getString("organization_id"), row.getString("organization_name")),
            Columns.instant(row, "created_at"));
    private static final String SELECT = "SELECT * FROM (SELECT p.id, p.name, p.organization_id,"
            + " o.name AS organization_name, p.created_at FROM projects p"
            + " JOIN organizations o ON o.id = p.organization_id) AS project";
    private static final String OF_USER =
            " WHERE organization_id IN (SELECT organization_id FROM memberships WHERE user_id = :user)";

    @Override
    public void insertOrganization(Handle handle, Organization organization, @Nullable String personalOf, Instant at) {
        handle.createUpdate("INSERT INTO organizations (id, name, personal_of, created_at)"
                        + " VALUES (:id, :name, :personalOf, :at)")
                .bind("id", organization.id())
                .bind("name", organization.name())
                .bind("personalOf", personalOf)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void insertOwner(Handle handle, String organization, String user, Instant at) {
        handle.createUpdate("INSERT INTO memberships (organization_id, user_id, role, created_at)"
                        + " VALUES (:organization, :user, 'owner', :at)")
                .bind("organization", organization)
                .bind("user", user)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void insert(Handle handle, StoredProject project) {
        handle.createUpdate("INSERT INTO projects (id, organization_id, name, created_at)"
                        + " VALUES (:id, :organization, :name, :at)")
                .bind("id", project.id())
                .bind("organization", project.organization().id())
                .bind("name", project.name())
                .bind("at", project.createdAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Organization> personalOrganization(Handle handle, String user) {
        return handle.createQuery("SELECT id, name FROM organizations WHERE personal_of = :user")
                .bind("user", user)
                .map(ORGANIZATION)
                .findOne();
    }

    @Override
    public List<Organization> organizationsOf(Handle handle, String user) {
        return handle.createQuery("SELECT o.id, o.name FROM organizations o"
                        + " JOIN memberships m ON m.organization_id = o.id"
                        + " WHERE m.user_id = :user ORDER BY o.created_at, o.id")
                .bind("user", user)
                .map(ORGANIZATION)
                .list();
    }

    @Override
    public Optional<StoredProject> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(PROJECT)
                .findOne();
    }

    @Override
    public Optional<StoredProject> findForUser(Handle handle, String id, String user) {
        return handle.createQuery(SELECT + OF_USER + " AND id = :id")
                .bind("user", user)
                .bind("id", id)
                .map(PROJECT)
                .findOne();
    }

    @Override
    public List<StoredProject> listForUser(Handle handle, String user, Slice slice) {
        return handle.createQuery(SELECT + OF_USER + Slice.ORDER)
                .bind("user", user)
                .bind("afterTime", slice.afterTime())
                .bind("afterId", slice.afterId())
                .bind("limit", slice.limit())
                .map(PROJECT)
                .list();
    }

    @Override
    public long countForUser(Handle handle, String user) {
        return handle.createQuery("SELECT count(*) FROM projects" + OF_USER)
                .bind("user", user)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Optional<Organization> findOrganization(Handle handle, String id) {
        return handle.createQuery("SELECT id, name FROM organizations WHERE id = :id")
                .bind("id", id)
                .map(ORGANIZATION)
                .findOne();
    }

    @Override
    public void renameOrganization(Handle handle, String id, String name) {
        handle.createUpdate("UPDATE organizations SET name = :name WHERE id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    @Override
    public void deleteOrganization(Handle handle, String id) {
        handle.createUpdate("DELETE FROM organizations WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    @Override
    public void rename(Handle handle, String id, String name) {
        handle.createUpdate("UPDATE projects SET name = :name WHERE id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    @Override
    public void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM projects WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    @Override
    public List<StoredProject> ofOrganization(Handle handle, String organization) {
        return handle.createQuery(SELECT + " WHERE organization_id = :organization ORDER BY created_at, id")
                .bind("organization", organization)
                .map(PROJECT)
                .list();
    }
}
