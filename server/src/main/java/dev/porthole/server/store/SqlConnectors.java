package dev.porthole.server.store;

import dev.porthole.core.api.Connector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

final class SqlConnectors implements Connectors {
    private static final RowMapper<StoredConnector> ROW = (row, context) -> new StoredConnector(
            row.getString("id"),
            row.getString("project_id"),
            Connector.Kind.valueOf(row.getString("kind")),
            row.getString("name"),
            row.getString("device"),
            Columns.maybeInstant(row, "last_seen_at"),
            row.getString("agent_version"),
            Columns.instant(row, "created_at"));
    private static final RowMapper<InstanceLease> LEASE = (row, context) -> new InstanceLease(
            row.getString("connector_id"),
            row.getString("instance"),
            row.getString("agent_version"),
            Columns.instant(row, "expires_at"));

    @Override
    public void insert(Handle handle, StoredConnector connector) {
        handle.createUpdate("INSERT INTO connectors (id, project_id, kind, name, device, created_at)"
                        + " VALUES (:id, :project, :kind, :name, :device, :at)")
                .bind("id", connector.id())
                .bind("project", connector.project())
                .bind("kind", connector.kind().name())
                .bind("name", connector.name())
                .bind("device", connector.device())
                .bind("at", connector.createdAt().toEpochMilli())
                .execute();
    }

    @Override
    public void rename(Handle handle, String id, String name) {
        handle.createUpdate("UPDATE connectors SET name = :name WHERE id = :id")
                .bind("name", name)
                .bind("id", id)
                .execute();
    }

    @Override
    public void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM connectors WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    @Override
    public Optional<StoredConnector> find(Handle handle, String id) {
        return where(handle, "id = :id").bind("id", id).map(ROW).findOne();
    }

    @Override
    public Optional<StoredConnector> findIn(Handle handle, String project, String id) {
        return where(handle, "id = :id AND project_id = :project")
                .bind("id", id)
                .bind("project", project)
                .map(ROW)
                .findOne();
    }

    @Override
    public Optional<StoredConnector> findByDevice(Handle handle, String project, String device) {
        return where(handle, "project_id = :project AND device = :device")
                .bind("project", project)
                .bind("device", device)
                .map(ROW)
                .findOne();
    }

    @Override
    public List<StoredConnector> list(Handle handle, String project, Slice slice) {
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
        return handle.createQuery("SELECT count(*) FROM connectors WHERE project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void beat(Handle handle, InstanceLease lease, Instant now) {
        handle.createUpdate("INSERT INTO connector_instances (connector_id, instance, agent_version, expires_at)"
                        + " VALUES (:connector, :instance, :version, :expiresAt)"
                        + " ON CONFLICT (connector_id, instance) DO UPDATE SET"
                        + " agent_version = excluded.agent_version, expires_at = excluded.expires_at")
                .bind("connector", lease.connector())
                .bind("instance", lease.instance())
                .bind("version", lease.agentVersion())
                .bind("expiresAt", lease.expiresAt().toEpochMilli())
                .execute();
        handle.createUpdate("UPDATE connectors SET last_seen_at = :now, agent_version = :version WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("version", lease.agentVersion())
                .bind("id", lease.connector())
                .execute();
    }

    @Override
    public boolean endLease(Handle handle, String connector, String instance) {
        return handle.createUpdate(
                                "DELETE FROM connector_instances WHERE connector_id = :connector AND instance = :instance")
                        .bind("connector", connector)
                        .bind("instance", instance)
                        .execute()
                > 0;
    }

    @Override
    public List<InstanceLease> leases(Handle handle, String connector) {
        return handle.createQuery("SELECT * FROM connector_instances WHERE connector_id = :connector")
                .bind("connector", connector)
                .map(LEASE)
                .list();
    }

    @Override
    public List<InstanceLease> allLeases(Handle handle) {
        return handle.createQuery("SELECT * FROM connector_instances")
                .map(LEASE)
                .list();
    }

    private static Query where(Handle handle, String condition) {
        return handle.createQuery("SELECT * FROM connectors WHERE " + condition);
    }
}
