package dev.porthole.core.api;

import java.util.List;

/**
 * What hangs on a thing that someone wants to delete.
 *
 * @param kind {@code tunnels}, {@code connectors}, {@code keys} or {@code projects}
 * @param count how many
 * @param names of the first of them
 */
public record Dependents(String kind, long count, List<String> names) {
    public Dependents {
        names = List.copyOf(names);
    }
}
