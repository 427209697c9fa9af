package dev.porthole.core.api;

import java.util.List;

/**
 * A table of a server's database.
 *
 * @param rows how many it has
 */
public record DataTable(String name, long rows, List<DataColumn> columns) {
    public DataTable {
        columns = List.copyOf(columns);
    }
}
