package dev.porthole.server.store;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Condition;
import dev.porthole.core.api.Endpoint;
import dev.porthole.core.api.HostHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.core.type.TypeReference;

final class SqlTunnels implements Tunnels {
    private static final RowMapper<StoredTunnel> ROW = (row, context) -> new StoredTunnel(
            row.getString("id"),
            row.getString("project_id"),
            row.getString("name"),
            row.getString("label"),
            Endpoint.parse(row.getString("endpoint")),
            HostHeader.parse(row.getString("host_header")),
            row.getBoolean("enabled"),
            row.getString("connector_id"),
            List.of(ApiJson.LENIENT.readValue(row.getString("conditions"), Condition[].class)),
            row.getLong("version"),
            Columns.instant(row, "created_at"),
            Columns.maybeInstant(row, "expires_at"),
            Columns.maybeInstant(row, "last_active_at"),
            Columns.port(row),
            texts(row.getString("metadata")),
            row.getString("created_by"),
            row.getBoolean("quick"));

    @Override
    public void insert(Handle handle, StoredTunnel tunnel) {
        bind(
                        handle.createUpdate(
                                "INSERT INTO tunnels (id, project_id, name, label, endpoint, host_header, enabled,"
                                        + " connector_id, conditions, version, created_at, expires_at, last_active_at,"
                                        + " port, visible_in_network, metadata, created_by, quick)"
                                        + " VALUES (:id, :project, :name, :label, :endpoint, :hostHeader, :enabled, :connector,"
                                        + " :conditions, :version, :createdAt, :expiresAt, :lastActiveAt, :port, :visible, :metadata,"
                                        + " :createdBy, :quick)"),
                        tunnel)
                .bind("name", tunnel.name())
                .bind("createdBy", tunnel.createdBy())
                .bind("createdAt", tunnel.createdAt().toEpochMilli())
                .execute();
    }

    @Override
    public void update(Handle handle, StoredTunnel tunnel) {
        bind(
                        handle.createUpdate(
                                "UPDATE tunnels SET project_id = :project, label = :label, endpoint = :endpoint,"
                                        + " host_header = :hostHeader, enabled = :enabled, connector_id = :connector, conditions = :conditions,"
                                        + " version = :version, expires_at = :expiresAt, last_active_at = :lastActiveAt,"
                                        + " port = :port, visible_in_network = :visible, metadata = :metadata, quick = :quick"
                                        + " WHERE id = :id"),
                        tunnel)
                .execute();
    }

    private static Update bind(Update update, StoredTunnel tunnel) {
        StoredPort port = tunnel.port();
        return update.bind("id", tunnel.id())
                .bind("project", tunnel.project())
                .bind("metadata", ApiJson.STRICT.writeValueAsString(tunnel.metadata()))
                .bind("label", tunnel.label())
                .bind("endpoint", tunnel.endpoint().toString())
                .bind("hostHeader", tunnel.hostHeader().toString())
                .bind("enabled", tunnel.enabled())
                .bind("connector", tunnel.connector())
                .bind("conditions", ApiJson.STRICT.writeValueAsString(tunnel.conditions()))
                .bind("version", tunnel.version())
                .bind("expiresAt", Columns.millis(tunnel.expiresAt()))
                .bind("lastActiveAt", Columns.millis(tunnel.lastActiveAt()))
                .bind("port", port == null ? null : (Integer) port.number())
                .bind("visible", port != null && port.visibleInNetwork())
                .bind("quick", tunnel.quick());
    }

    @Override
    public void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM tunnels WHERE id = :id").bind("id", id).execute();
    }

    @Override
    public Optional<StoredTunnel> find(Handle handle, String id) {
        return where(handle, "id = :id").bind("id", id).map(ROW).findOne();
    }

    @Override
    public Optional<StoredTunnel> findIn(Handle handle, String project, String id) {
        return where(handle, "id = :id AND project_id = :project")
                .bind("id", id)
                .bind("project", project)
                .map(ROW)
                .findOne();
    }

    @Override
    public Optional<StoredTunnel> findByEndpoint(Handle handle, String project, Endpoint endpoint) {
        return where(handle, "project_id = :project AND endpoint = :endpoint")
                .bind("project", project)
                .bind("endpoint", endpoint.toString())
                .map(ROW)
                .findOne();
    }

    @Override
    public boolean nameTaken(Handle handle, String name) {
        return handle.createQuery("SELECT count(*) FROM tunnels WHERE name = :name")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    @Override
    public List<StoredTunnel> list(Handle handle, String project, Slice slice) {
        return where(handle, "project_id = :project" + Slice.ORDER)
                .bind("project", project)
                .bind("afterTime", slice.afterTime())
                .bind("afterId", slice.afterId())
                .bind("limit", slice.limit())
                .map(ROW)
                .list();
    }

    @Override
    public long count(Handle handle, String project) {
        return handle.createQuery("SELECT count(*) FROM tunnels WHERE project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long countOfUser(Handle handle, String user, int most) {
        return handle.createQuery(
                        "SELECT count(*) FROM (SELECT 1 FROM tunnels WHERE created_by = :user LIMIT :most) AS made")
                .bind("user", user)
                .bind("most", most)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long countAll(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM tunnels")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Set<Integer> ports(Handle handle) {
        return handle.createQuery("SELECT port FROM tunnels WHERE port IS NOT NULL")
                .mapTo(Integer.class)
                .set();
    }

    @Override
    public long countPorts(Handle handle, String project) {
        return handle.createQuery("SELECT count(*) FROM tunnels WHERE project_id = :project AND port IS NOT NULL")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<StoredTunnel> all(Handle handle) {
        return where(handle, "1 = 1").map(ROW).list();
    }

    @Override
    public List<StoredTunnel> ofConnector(Handle handle, String connector) {
        return where(handle, "connector_id = :connector ORDER BY created_at, id")
                .bind("connector", connector)
                .map(ROW)
                .list();
    }

    private static Map<String, String> texts(String json) {
        return ApiJson.LENIENT.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    private static Query where(Handle handle, String condition) {
        return handle.createQuery("SELECT * FROM tunnels WHERE " + condition);
    }
}
