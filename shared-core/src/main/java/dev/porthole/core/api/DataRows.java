package dev.porthole.core.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a server's database, as text.
 *
 * @param rows each with a value for each column; null for what is null there
 * @param next the cursor of the rows after these; absent on a table's last page, and in an answer to a query
 * @param more whether there are more rows than these
 */
public record DataRows(
        List<DataColumn> columns,
        List<List<@Nullable String>> rows,
        @Nullable String next,
        boolean more) {
    public DataRows {
        columns = List.copyOf(columns);
        // Values may be null, so the copies of lists that refuse those don't fit.
        List<List<@Nullable String>> copies = new ArrayList<>();
        for (List<@Nullable String> row : rows) {
            copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copies);
    }
}
