package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error of the control plane (RFC 9457, {@code application/problem+json}).
 *
 * @param type a stable URI reference for programs, such as {@code /problems/endpoint-taken}
 * @param title one line for people that is the same each time
 * @param detail one line for people about this time: what was given and what was expected
 * @param field the field of the request that is wrong, if one is
 * @param dependents what hangs on a thing that is not to be deleted unawares
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String field,
        @Nullable List<Dependents> dependents) {
    public Problem {
        dependents = dependents == null ? null : List.copyOf(dependents);
    }

    /** About something that nothing hangs on. */
    public Problem(String type, String title, int status, @Nullable String detail, @Nullable String field) {
        this(type, title, status, detail, field, null);
    }
}
