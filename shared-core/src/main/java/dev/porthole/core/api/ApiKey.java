package dev.porthole.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret, which nobody can say again.
 *
 * @param prefix the secret's first characters, by which people tell keys apart
 * @param user who made it; it may never do more than they may
 * @param tunnel the only tunnel that it reaches; the whole project, if absent
 * @param scopes what it may do, such as {@code tunnels:read}; in order
 * @param lastUsedAt to the minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
        String id,
        String prefix,
        String name,
        String user,
        String project,
        @Nullable String tunnel,
        List<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {
    public ApiKey {
        scopes = List.copyOf(scopes);
    }
}
