package dev.porthole.server.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

final class SqlAuditLog implements AuditLog {
    @Override
    public void append(Handle handle, Entry entry) {
        handle.createUpdate("INSERT INTO audit (id, project_id, actor, action, resource, address, detail, at)"
                        + " VALUES (:id, :project, :actor, :action, :resource, :address, :detail, :at)")
                .bind("id", entry.id())
                .bind("project", entry.project())
                .bind("actor", entry.actor())
                .bind("action", entry.action())
                .bind("resource", entry.resource())
                .bind("address", entry.address())
                .bind("detail", entry.detail())
                .bind("at", entry.at().toEpochMilli())
                .execute();
    }

    @Override
    public List<Entry> newest(Handle handle, String project, int limit) {
        return handle.createQuery(
                        "SELECT * FROM audit WHERE project_id = :project ORDER BY at DESC, id DESC LIMIT :limit")
                .bind("project", project)
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getString("id"),
                        row.getString("project_id"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("resource"),
                        row.getString("address"),
                        row.getString("detail"),
                        Columns.instant(row, "at")))
                .list();
    }
}
