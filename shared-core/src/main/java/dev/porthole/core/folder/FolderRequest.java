package dev.porthole.core.folder;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor asks of a folder.
 *
 * @param target path and query as the visitor sent them
 * @param fields the values of {@link #FIELDS} by their names; several of one name joined by commas
 */
public record FolderRequest(String method, String target, Map<String, String> fields) {
    /** The fields that an answer depends on, in lower case. */
    public static final java.util.List<String> FIELDS = java.util.List.of(
            "range", "if-range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

    public FolderRequest {
        fields = Map.copyOf(fields);
    }

    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }
}
