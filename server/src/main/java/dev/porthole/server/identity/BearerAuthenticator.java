package dev.porthole.server.identity;

import dev.porthole.server.identity.Principal.UserPrincipal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Access tokens and API keys. */
final class BearerAuthenticator implements Authenticator {
    private static final String SCHEME = "Bearer ";

    private final AccessTokens accessTokens;
    private final Credentials credentials;
    private final ApiKeys apiKeys;

    BearerAuthenticator(AccessTokens accessTokens, Credentials credentials, ApiKeys apiKeys) {
        this.accessTokens = accessTokens;
        this.credentials = credentials;
        this.apiKeys = apiKeys;
    }

    @Override
    public Optional<Principal> authenticate(@Nullable String authorizationHeader, @Nullable String apiKeyHeader) {
        if (authorizationHeader != null) {
            // The scheme's case doesn't matter (RFC 9110 section 11.1).
            return authorizationHeader.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? bearer(authorizationHeader.substring(SCHEME.length()).strip())
                    : Optional.empty();
        }
        return apiKeyHeader == null
                ? Optional.empty()
                : apiKeys.verify(apiKeyHeader.strip()).map(Function.identity());
    }

    private Optional<Principal> bearer(String token) {
        if (token.startsWith(ApiKeys.PREFIX)) {
            return apiKeys.verify(token).map(Function.identity());
        }
        return accessTokens.read(token).filter(this::lives).map(Function.identity());
    }

    private boolean lives(UserPrincipal user) {
        return credentials.lives(user.credential());
    }
}
