package dev.porthole.server.store;

import dev.porthole.core.api.AuditFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlAuditLog implements AuditLog {
    private static final RowMapper<Entry> ROW = (row, context) -> new Entry(
            row.getString("id"),
            row.getString("project_id"),
            row.getString("actor"),
            row.getString("actor_name"),
            row.getString("action"),
            row.getString("resource"),
            row.getString("address"),
            row.getString("credential"),
            row.getString("detail"),
            Columns.instant(row, "at"));

    /** The last one is for whoever is gone already, such as a deleted connector whose sessions end after it. */
    private static final String NAME_OF_ACTOR = "COALESCE(:actorName, (SELECT name FROM users WHERE id = :actor),"
            + " (SELECT name FROM api_keys WHERE id = :actor), (SELECT name FROM connectors WHERE id = :actor),"
            + " (SELECT actor_name FROM audit WHERE actor = :actor AND actor_name IS NOT NULL"
            + " ORDER BY at DESC LIMIT 1))";

    @Override
    public void append(Handle handle, Entry entry) {
        handle.createUpdate("INSERT INTO audit"
                        + " (id, project_id, actor, actor_name, action, resource, address, credential, detail, at)"
                        + " VALUES (:id, :project, :actor, " + NAME_OF_ACTOR
                        + ", :action, :resource, :address, :credential, :detail, :at)")
                .bind("id", entry.id())
                .bind("project", entry.project())
                .bind("actor", entry.actor())
                .bind("actorName", entry.actorName())
                .bind("action", entry.action())
                .bind("resource", entry.resource())
                .bind("address", entry.address())
                .bind("credential", entry.credential())
                .bind("detail", entry.detail())
                .bind("at", entry.at().toEpochMilli())
                .execute();
    }

    @Override
    public List<Entry> newest(Handle handle, Wanted wanted, Slice slice) {
        Conditions conditions = new Conditions(wanted);
        Slice.Place after = slice.after();
        if (after != null) {
            conditions.add("(at < :afterTime OR (at = :afterTime AND id < :afterId))", "afterId", after.id());
            conditions.values.put("afterTime", after.createdAt().toEpochMilli());
        }
        return handle.createQuery("SELECT * FROM audit" + conditions + " ORDER BY at DESC, id DESC LIMIT :limit")
                .bindMap(conditions.values)
                .bind("limit", slice.limit())
                .map(ROW)
                .list();
    }

    @Override
    public long count(Handle handle, Wanted wanted) {
        Conditions conditions = new Conditions(wanted);
        return handle.createQuery("SELECT count(*) FROM audit" + conditions)
                .bindMap(conditions.values)
                .mapTo(Long.class)
                .one();
    }

    /** What stands behind {@code WHERE}: text of ours; what was asked for is bound. */
    private static final class Conditions {
        private static final String ALL_OF_A_KIND = ".*";

        private final List<String> parts = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        Conditions(Wanted wanted) {
            AuditFilter filter = wanted.filter();
            add("project_id = :project", "project", wanted.project());
            add("(actor = :actor OR actor_name = :actor)", "actor", filter.actor());
            add("resource = :resource", "resource", filter.resource());
            add("at >= :from", "from", Columns.millis(filter.from()));
            add("at < :to", "to", Columns.millis(filter.to()));
            String action = filter.action();
            if (action != null && action.endsWith(ALL_OF_A_KIND)) {
                String kind = action.substring(0, action.length() - 1);
                add("substr(action, 1, :length) = :kind", "kind", kind);
                values.put("length", kind.length());
            } else {
                add("action = :action", "action", action);
            }
        }

        void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                parts.add(condition);
                values.put(name, value);
            }
        }

        @Override
        public String toString() {
            return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
        }
    }
}
