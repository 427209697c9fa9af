package dev.porthole.server.store;

import dev.porthole.core.api.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

final class SqlKeys implements Keys {
    private static final RowMapper<ApiKey> ROW = (row, context) -> new ApiKey(
            row.getString("id"),
            row.getString("prefix"),
            row.getString("name"),
            row.getString("user_id"),
            row.getString("project_id"),
            row.getString("tunnel_id"),
            scopes(row.getString("scopes")),
            Columns.instant(row, "created_at"),
            Columns.maybeInstant(row, "expires_at"),
            Columns.maybeInstant(row, "last_used_at"));
    private static final String LIVE = "SELECT * FROM (SELECT k.id, k.prefix, k.name, k.project_id, k.tunnel_id,"
            + " k.scopes, k.expires_at, k.last_used_at, c.user_id, c.created_at FROM api_keys k"
            + " JOIN credentials c ON c.id = k.id WHERE c.ended_at IS NULL) AS api_key WHERE ";

    @Override
    public void insert(Handle handle, ApiKey key, String hash) {
        handle.createUpdate("INSERT INTO api_keys (id, hash, prefix, name, project_id, tunnel_id, scopes, expires_at)"
                        + " VALUES (:id, :hash, :prefix, :name, :project, :tunnel, :scopes, :expiresAt)")
                .bind("id", key.id())
                .bind("hash", hash)
                .bind("prefix", key.prefix())
                .bind("name", key.name())
                .bind("project", key.project())
                .bind("tunnel", key.tunnel())
                .bind("scopes", String.join(" ", key.scopes()))
                .bind("expiresAt", Columns.millis(key.expiresAt()))
                .execute();
    }

    @Override
    public Optional<ApiKey> find(Handle handle, String id) {
        return live(handle, "id = :id").bind("id", id).map(ROW).findOne();
    }

    @Override
    public Optional<ApiKey> findIn(Handle handle, String project, String id) {
        return live(handle, "project_id = :project AND id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    @Override
    public List<ApiKey> list(Handle handle, String project, Slice slice) {
        return live(handle, "project_id = :project" + Slice.ORDER)
                .bind("project", project)
                .bind("afterTime", slice.afterTime())
                .bind("afterId", slice.afterId())
                .bind("limit", slice.limit())
                .map(ROW)
                .list();
    }

    @Override
    public long count(Handle handle, String project) {
        return handle.createQuery("SELECT count(*) FROM api_keys k JOIN credentials c ON c.id = k.id"
                        + " WHERE k.project_id = :project AND c.ended_at IS NULL")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<ApiKey> ending(Handle handle) {
        return live(handle, "expires_at IS NOT NULL").map(ROW).list();
    }

    @Override
    public List<ApiKey> ofTunnel(Handle handle, String tunnel) {
        return live(handle, "tunnel_id = :tunnel")
                .bind("tunnel", tunnel)
                .map(ROW)
                .list();
    }

    @Override
    public List<ApiKey> ofUser(Handle handle, String organization, String user) {
        return live(
                        handle,
                        "user_id = :user AND project_id IN"
                                + " (SELECT id FROM projects WHERE organization_id = :organization)")
                .bind("user", user)
                .bind("organization", organization)
                .map(ROW)
                .list();
    }

    @Override
    public void replace(Handle handle, String id, String successor) {
        handle.createUpdate("UPDATE api_keys SET successor = :successor WHERE id = :id")
                .bind("successor", successor)
                .bind("id", id)
                .execute();
    }

    @Override
    public boolean isReplaced(Handle handle, String project, String id) {
        return handle.createQuery("SELECT count(*) FROM api_keys"
                                + " WHERE project_id = :project AND id = :id AND successor IS NOT NULL")
                        .bind("project", project)
                        .bind("id", id)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    @Override
    public void move(Handle handle, String id, String project) {
        handle.createUpdate("UPDATE api_keys SET project_id = :project WHERE id = :id")
                .bind("project", project)
                .bind("id", id)
                .execute();
    }

    @Override
    public void used(Handle handle, String id, Instant at) {
        handle.createUpdate("UPDATE api_keys SET last_used_at = :at WHERE id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    private static List<String> scopes(String stored) {
        return stored.isEmpty() ? List.of() : List.of(stored.split(" "));
    }

    private static Query live(Handle handle, String condition) {
        return handle.createQuery(LIVE + condition);
    }
}
