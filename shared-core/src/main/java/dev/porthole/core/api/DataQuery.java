package dev.porthole.core.api;

/**
 * A question to a server's database.
 *
 * @param sql one {@code SELECT}
 */
public record DataQuery(String sql) {}
