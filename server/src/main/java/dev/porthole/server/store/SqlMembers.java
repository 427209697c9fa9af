package dev.porthole.server.store;

import dev.porthole.core.api.Member;
import dev.porthole.core.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlMembers implements Members {
    private static final RowMapper<Member> ROW = (row, context) -> new Member(
            row.getString("id"),
            row.getString("name"),
            row.getString("email"),
            Role.valueOf(row.getString("role")),
            Columns.instant(row, "created_at"));
    private static final String SELECT = "SELECT * FROM (SELECT m.organization_id, m.user_id AS id, u.name, u.email,"
            + " m.role, m.created_at FROM memberships m JOIN users u ON u.id = m.user_id) AS member"
            + " WHERE organization_id = :organization";

    @Override
    public void add(Handle handle, String organization, String user, Role role, Instant at) {
        handle.createUpdate("INSERT INTO memberships (organization_id, user_id, role, created_at)"
                        + " VALUES (:organization, :user, :role, :at)")
                .bind("organization", organization)
                .bind("user", user)
                .bind("role", role.name())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public void change(Handle handle, String organization, String user, Role role) {
        handle.createUpdate(
                        "UPDATE memberships SET role = :role WHERE organization_id = :organization AND user_id = :user")
                .bind("organization", organization)
                .bind("user", user)
                .bind("role", role.name())
                .execute();
    }

    @Override
    public void remove(Handle handle, String organization, String user) {
        handle.createUpdate("DELETE FROM memberships WHERE organization_id = :organization AND user_id = :user")
                .bind("organization", organization)
                .bind("user", user)
                .execute();
    }

    @Override
    public Optional<Role> role(Handle handle, String organization, String user) {
        return handle.createQuery(
                        "SELECT role FROM memberships WHERE organization_id = :organization AND user_id = :user")
                .bind("organization", organization)
                .bind("user", user)
                .mapTo(String.class)
                .findOne()
                .map(Role::valueOf);
    }

    @Override
    public Optional<Member> find(Handle handle, String organization, String user) {
        return handle.createQuery(SELECT + " AND id = :user")
                .bind("organization", organization)
                .bind("user", user)
                .map(ROW)
                .findOne();
    }

    @Override
    public List<Member> list(Handle handle, String organization, Slice slice) {
        return handle.createQuery(SELECT + Slice.ORDER)
                .bind("organization", organization)
                .bind("afterTime", slice.afterTime())
                .bind("afterId", slice.afterId())
                .bind("limit", slice.limit())
                .map(ROW)
                .list();
    }

    @Override
    public long count(Handle handle, String organization) {
        return handle.createQuery("SELECT count(*) FROM memberships WHERE organization_id = :organization")
                .bind("organization", organization)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean hasOwnerBeside(Handle handle, String organization, String user) {
        return handle.createQuery("SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id"
                                + " WHERE m.organization_id = :organization AND m.role = 'owner' AND u.active"
                                + " AND u.id <> :user")
                        .bind("organization", organization)
                        .bind("user", user)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    @Override
    public Optional<Standing> standing(Handle handle, String credential, String project) {
        return handle.createQuery("SELECT m.role, k.tunnel_id FROM credentials c"
                        + " LEFT JOIN projects p ON p.id = :project"
                        + " LEFT JOIN memberships m ON m.organization_id = p.organization_id AND m.user_id = c.user_id"
                        + " LEFT JOIN api_keys k ON k.id = c.id"
                        + " WHERE c.id = :credential AND c.kind <> 'connector'")
                .bind("project", project)
                .bind("credential", credential)
                .map((row, context) -> {
                    String role = row.getString("role");
                    return new Standing(role == null ? null : Role.valueOf(role), row.getString("tunnel_id"));
                })
                .findOne();
    }
}
