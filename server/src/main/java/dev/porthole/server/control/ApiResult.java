package dev.porthole.server.control;

import dev.porthole.core.api.ApiJson;
import dev.porthole.core.api.Page;
import dev.porthole.core.api.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a call from inside the server gives: what was asked for, or why not. */
public sealed interface ApiResult {
    /**
     * It was done.
     *
     * @param body the record that would have become JSON, or {@link StoredJson}; absent without a body
     */
    record Done(int status, @Nullable Object body) implements ApiResult {
        /**
         * The body as what the route says it is.
         *
         * @throws ClassCastException if it is something else
         */
        public <T> T as(Class<T> type) {
            return body instanceof StoredJson stored
                    ? ApiJson.LENIENT.readValue(stored.json(), type)
                    : type.cast(Objects.requireNonNull(body, "no body"));
        }

        /** The body as a page of these. */
        public <T> Page<T> page(Class<T> item) {
            Page<?> page = as(Page.class);
            return new Page<>(page.items().stream().map(item::cast).toList(), page.total(), page.next());
        }
    }

    /** The API said no. */
    record Refused(Problem problem) implements ApiResult {}

    /** An answer of before, which was kept as text. */
    record StoredJson(String json) {}
}
