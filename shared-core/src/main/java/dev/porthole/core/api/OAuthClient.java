package dev.porthole.core.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of somebody else's that an administrator has registered with the authorization server.
 *
 * @param id its {@code client_id}
 * @param redirectUris where people may be sent back to, byte for byte; of a loopback address any port
 * @param resourceServer whether it signs nobody in, and may ask what access tokens are worth (RFC 7662)
 * @param secret a resource server's, in the answer that made it and never again
 */
public record OAuthClient(
        String id,
        String name,
        List<String> redirectUris,
        boolean resourceServer,
        Instant createdAt,
        @Nullable String secret) {
    public OAuthClient {
        redirectUris = List.copyOf(redirectUris);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[id=" + id + ", name=" + name + ", redirectUris=" + redirectUris + "]";
    }
}
