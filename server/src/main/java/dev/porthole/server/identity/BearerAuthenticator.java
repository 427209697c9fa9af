package dev.porthole.server.identity;

import dev.porthole.server.identity.Principal.UserPrincipal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Access tokens, API keys and external connectors' credentials. */
final class BearerAuthenticator implements Authenticator {
    private static final String SCHEME = "Bearer ";

    private final AccessTokens accessTokens;
    private final Credentials credentials;
    private final ApiKeys apiKeys;
    private final ConnectorCredentials connectorCredentials;

    BearerAuthenticator(
            AccessTokens accessTokens,
            Credentials credentials,
            ApiKeys apiKeys,
            ConnectorCredentials connectorCredentials) {
        this.accessTokens = accessTokens;
        this.credentials = credentials;
        this.apiKeys = apiKeys;
        this.connectorCredentials = connectorCredentials;
    }

    @Override
    public Optional<Principal> authenticate(@Nullable String authorizationHeader, @Nullable String apiKeyHeader) {
        if (authorizationHeader != null) {
            // The scheme's case doesn't matter (RFC 9110 section 11.1).
            return authorizationHeader.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? bearer(authorizationHeader.substring(SCHEME.length()).strip())
                    : Optional.empty();
        }
        return apiKeyHeader == null ? Optional.empty() : opaque(apiKeyHeader.strip());
    }

    private Optional<Principal> opaque(String secret) {
        return secret.startsWith(ConnectorCredentials.PREFIX)
                ? connectorCredentials.verify(secret).map(Function.identity())
                : apiKeys.verify(secret).map(Function.identity());
    }

    private Optional<Principal> bearer(String token) {
        if (token.startsWith(ApiKeys.PREFIX) || token.startsWith(ConnectorCredentials.PREFIX)) {
            return opaque(token);
        }
        return accessTokens.read(token).filter(this::lives).map(Function.identity());
    }

    private boolean lives(UserPrincipal user) {
        return credentials.lives(user.credential());
    }
}
