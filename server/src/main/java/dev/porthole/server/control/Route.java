package dev.porthole.server.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API: what answers requests and what the OpenAPI document says are this same object.
 *
 * @param template a path whose segments in braces stand for any one segment: {@code /projects/{project}}
 * @param scope what a key must be allowed; absent for what everyone may ask without a credential
 * @param body the record that the request's JSON is; absent if it has none
 * @param output what a good answer is
 */
record Route(
        String method,
        String template,
        @Nullable Scope scope,
        String summary,
        @Nullable Class<? extends Record> body,
        Output output,
        Handler handler) {
    /** Does the work, on a virtual thread; may block. */
    @FunctionalInterface
    interface Handler {
        Answer handle(Call call);
    }

    /**
     * A good answer.
     *
     * @param type the record in the body, or in the page's items; absent without a body
     * @param shape how the body holds it
     * @param filters query parameters by which it is narrowed
     */
    record Output(int status, @Nullable Class<?> type, Shape shape, List<String> filters) {
        enum Shape {
            ONE,
            PAGE,
            LIST,
            EVENTS,
            LINES,
            NONE
        }

        Output {
            filters = List.copyOf(filters);
        }

        Output(int status, @Nullable Class<?> type, Shape shape) {
            this(status, type, shape, List.of());
        }

        /** Narrowed by these query parameters too. */
        Output filteredBy(String... more) {
            return new Output(
                    status,
                    type,
                    shape,
                    Stream.concat(filters.stream(), Stream.of(more)).toList());
        }

        static Output one(int status, Class<?> type) {
            return new Output(status, type, Shape.ONE);
        }

        static Output page(Class<?> type) {
            return new Output(200, type, Shape.PAGE);
        }

        static Output events(Class<?> type) {
            return new Output(200, type, Shape.EVENTS);
        }

        static Output lines(Class<?> type) {
            return new Output(200, type, Shape.LINES);
        }

        static Output none() {
            return new Output(204, null, Shape.NONE);
        }
    }

    static Route get(String template, @Nullable Scope scope, String summary, Output output, Handler handler) {
        return new Route("GET", template, scope, summary, null, output, handler);
    }

    static Route delete(String template, Scope scope, String summary, Handler handler) {
        return new Route("DELETE", template, scope, summary, null, Output.none(), handler);
    }

    /** The values of the template's segments in braces, if the path fits. */
    Optional<Map<String, String>> match(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isBlank()) {
                values.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** The first segment in braces that a path, which fits otherwise, leaves empty. */
    Optional<String> emptyIn(String path) {
        String[] given = path.split("/", -1);
        String[] wanted = template.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        String empty = null;
        for (int i = 0; i < wanted.length; i++) {
            boolean variable = wanted[i].startsWith("{");
            if (variable && given[i].isBlank()) {
                empty = empty == null ? wanted[i].substring(1, wanted[i].length() - 1) : empty;
            } else if (!variable && !wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(empty);
    }

    /** The names of the template's segments in braces, in order. */
    List<String> parameters() {
        List<String> names = new ArrayList<>();
        for (String segment : template.split("/", -1)) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return names;
    }
}
