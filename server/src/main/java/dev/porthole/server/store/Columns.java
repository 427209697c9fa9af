package dev.porthole.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What columns hold: times as milliseconds since 1970 in UTC, and a tunnel's port. */
final class Columns {
    private Columns() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static @Nullable Instant maybeInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable StoredPort port(ResultSet row) throws SQLException {
        int number = row.getInt("port");
        return row.wasNull() ? null : new StoredPort(number, row.getBoolean("visible_in_network"));
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
