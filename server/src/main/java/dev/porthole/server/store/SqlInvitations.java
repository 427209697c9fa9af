package dev.porthole.server.store;

import dev.porthole.core.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlInvitations implements Invitations {
    private static final RowMapper<StoredInvitation> ROW = (row, context) -> new StoredInvitation(
            row.getString("id"),
            row.getString("hash"),
            row.getString("organization_id"),
            Role.valueOf(row.getString("role")),
            row.getString("email"),
            row.getString("invited_by"),
            Columns.instant(row, "created_at"),
            Columns.instant(row, "expires_at"));

    @Override
    public void insert(Handle handle, StoredInvitation invitation) {
        handle.createUpdate("INSERT INTO invitations"
                        + " (id, hash, organization_id, role, email, invited_by, created_at, expires_at)"
                        + " VALUES (:id, :hash, :organization, :role, :email, :invitedBy, :createdAt, :expiresAt)")
                .bind("id", invitation.id())
                .bind("hash", invitation.hash())
                .bind("organization", invitation.organization())
                .bind("role", invitation.role().name())
                .bind("email", invitation.email())
                .bind("invitedBy", invitation.invitedBy())
                .bind("createdAt", invitation.createdAt().toEpochMilli())
                .bind("expiresAt", invitation.expiresAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<StoredInvitation> findByHash(Handle handle, String hash, Instant now) {
        return handle.createQuery("SELECT * FROM invitations WHERE hash = :hash AND expires_at > :now")
                .bind("hash", hash)
                .bind("now", now.toEpochMilli())
                .map(ROW)
                .findOne();
    }

    @Override
    public List<StoredInvitation> list(Handle handle, String organization, Instant now, Slice slice) {
        return handle.createQuery("SELECT * FROM invitations WHERE organization_id = :organization"
                        + " AND expires_at > :now" + Slice.ORDER)
                .bind("organization", organization)
                .bind("now", now.toEpochMilli())
                .bind("afterTime", slice.afterTime())
                .bind("afterId", slice.afterId())
                .bind("limit", slice.limit())
                .map(ROW)
                .list();
    }

    @Override
    public long count(Handle handle, String organization, Instant now) {
        return handle.createQuery(
                        "SELECT count(*) FROM invitations WHERE organization_id = :organization AND expires_at > :now")
                .bind("organization", organization)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean delete(Handle handle, String organization, String id) {
        return handle.createUpdate("DELETE FROM invitations WHERE organization_id = :organization AND id = :id")
                        .bind("organization", organization)
                        .bind("id", id)
                        .execute()
                > 0;
    }

    @Override
    public void removeBy(Handle handle, String organization, String user) {
        handle.createUpdate("DELETE FROM invitations WHERE organization_id = :organization AND invited_by = :user")
                .bind("organization", organization)
                .bind("user", user)
                .execute();
    }

    @Override
    public void removeExpired(Handle handle, Instant now) {
        handle.createUpdate("DELETE FROM invitations WHERE expires_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
