package dev.porthole.server.store;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.ProjectEvent;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class SqlOutbox implements Outbox {
    private static final RowMapper<ProjectEvent> ROW = (row, context) -> {
        String data = row.getString("data");
        return new ProjectEvent(
                row.getLong("sequence"),
                row.getString("type"),
                row.getString("resource"),
                data == null ? null : ApiJson.LENIENT.readTree(data),
                Columns.instant(row, "at"));
    };

    @Override
    public long append(
            Handle handle, String project, String type, String resource, @Nullable JsonNode data, Instant at) {
        // The row's lock makes writers of one project stand in line, so that the numbers have no gaps on any database.
        long sequence = handle.createQuery("UPDATE projects SET last_sequence = last_sequence + 1 WHERE id = :project"
                        + " RETURNING last_sequence")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
        handle.createUpdate("INSERT INTO outbox (project_id, sequence, type, resource, data, at)"
                        + " VALUES (:project, :sequence, :type, :resource, :data, :at)")
                .bind("project", project)
                .bind("sequence", sequence)
                .bind("type", type)
                .bind("resource", resource)
                .bind("data", data == null ? null : data.toString())
                .bind("at", at.toEpochMilli())
                .execute();
        return sequence;
    }

    @Override
    public List<ProjectEvent> after(Handle handle, String project, long sequence, int limit) {
        return handle.createQuery("SELECT * FROM outbox WHERE project_id = :project AND sequence > :sequence"
                        + " ORDER BY sequence LIMIT :limit")
                .bind("project", project)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    @Override
    public void removeOld(Handle handle, Instant before, int most) {
        handle.createUpdate("DELETE FROM outbox WHERE at < :before OR sequence <="
                        + " (SELECT last_sequence FROM projects WHERE projects.id = outbox.project_id) - :most")
                .bind("before", before.toEpochMilli())
                .bind("most", most)
                .execute();
    }

    @Override
    public long last(Handle handle, String project) {
        return handle.createQuery("SELECT last_sequence FROM projects WHERE id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
