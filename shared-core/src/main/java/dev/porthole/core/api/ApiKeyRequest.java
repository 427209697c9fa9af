package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /projects/{project}/keys}.
 *
 * @param scopes what it may do; what running tunnels takes, if absent
 * @param tunnel the only tunnel that it is to reach
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKeyRequest(
        String name,
        @Nullable List<String> scopes,
        @Nullable String tunnel,
        @Nullable Instant expiresAt) {}
