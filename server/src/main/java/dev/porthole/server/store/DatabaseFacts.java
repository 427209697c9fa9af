package dev.porthole.server.store;

import org.jdbi.v3.core.Handle;

/**
 * What a database is.
 *
 * @param product with its version
 * @param bytes the space that it takes
 * @param schema the last migration's number
 */
public record DatabaseFacts(String product, long bytes, String schema) {
    static String schema(Handle handle) {
        return handle.createQuery("SELECT version FROM flyway_schema_history"
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .orElse("none");
    }
}
