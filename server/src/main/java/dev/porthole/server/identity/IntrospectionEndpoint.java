package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import dev.porthole.core.api.User;
import java.util.Date;
import java.util.Optional;

/**
 * {@code POST /oauth/introspect} (RFC 7662): what an access token is worth now, for resource servers that an
 * administrator registered. Of everything else, refresh tokens and keys among it, it says {@code "active": false}: they
 * are none of a resource server's business.
 */
final class IntrospectionEndpoint {
    static final String PATH = "/oauth/introspect";

    private final OAuthClients clients;
    private final AccessTokens accessTokens;
    private final Credentials credentials;
    private final Accounts accounts;
    private final Issuer issuer;

    IntrospectionEndpoint(
            OAuthClients clients,
            AccessTokens accessTokens,
            Credentials credentials,
            Accounts accounts,
            PublicAddresses addresses) {
        this.clients = clients;
        this.accessTokens = accessTokens;
        this.credentials = credentials;
        this.accounts = accounts;
        this.issuer = new Issuer(addresses.issuer());
    }

    Response answer(HTTPRequest http) {
        try {
            TokenIntrospectionRequest request = TokenIntrospectionRequest.parse(http);
            if (!(request.getClientAuthentication() instanceof PlainClientSecret caller)
                    || !clients.isResourceServer(
                            caller.getClientID().getValue(),
                            caller.getClientSecret().getValue())) {
                return new TokenErrorResponse(OAuth2Error.INVALID_CLIENT);
            }
            return accessTokens
                    .inspect(request.getToken().getValue())
                    .filter(claims -> credentials.lives(claims.family()))
                    .flatMap(this::active)
                    .orElseGet(() -> new TokenIntrospectionSuccessResponse.Builder(false).build());
        } catch (ParseException wrong) {
            return new TokenErrorResponse(ProtocolMessages.error(wrong));
        }
    }

    private Optional<TokenIntrospectionSuccessResponse> active(AccessTokens.Claims claims) {
        return accounts.user(claims.userId()).map(user -> active(claims, user));
    }

    private TokenIntrospectionSuccessResponse active(AccessTokens.Claims claims, User user) {
        return new TokenIntrospectionSuccessResponse.Builder(true)
                .issuer(issuer)
                .subject(new Subject(user.id()))
                .username(user.name())
                .clientID(new ClientID(claims.clientId()))
                .scope(Scope.parse(claims.scope()))
                .audience(Audience.create(claims.audience()))
                .tokenType(AccessTokenType.BEARER)
                .issueTime(Date.from(claims.issuedAt()))
                .expirationTime(Date.from(claims.expiresAt()))
                .jwtID(new JWTID(claims.id()))
                .build();
    }
}
