package dev.porthole.server.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API from inside the server. Names its route by the template, so that no value, whatever characters it
 * has, can lead to another one.
 *
 * @param template such as {@code /api/v1/projects/{project}}
 * @param path the values of its segments in braces, in order
 * @param body becomes the JSON that the route reads; absent without one
 * @param idempotencyKey what the field of that name would say
 */
public record ApiRequest(
        String method,
        String template,
        List<String> path,
        Map<String, String> query,
        @Nullable Object body,
        @Nullable String idempotencyKey) {
    public ApiRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    /** A call without query and body. */
    public static ApiRequest of(String method, String template, String... path) {
        return new ApiRequest(method, template, List.of(path), Map.of(), null, null);
    }

    /** The same with a parameter; a blank value leaves it out. */
    public ApiRequest query(String name, String value) {
        if (value.isBlank()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new ApiRequest(method, template, path, more, body, idempotencyKey);
    }

    /** The same with a body: a record, or a map of what is to be said. */
    public ApiRequest body(Object said) {
        return new ApiRequest(method, template, path, query, said, idempotencyKey);
    }

    /** The same, which repeated with this key is done once. */
    public ApiRequest once(String key) {
        return new ApiRequest(method, template, path, query, body, key);
    }
}
