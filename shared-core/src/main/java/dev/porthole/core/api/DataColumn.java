package dev.porthole.core.api;

/**
 * A column of a table, or of an answer.
 *
 * @param type as the database calls it; empty in an answer to a query
 * @param hidden whether its values are secrets, which nobody is shown
 */
public record DataColumn(String name, String type, boolean hidden) {}
