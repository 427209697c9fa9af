package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;

/**
 * {@code POST /oauth/revoke} (RFC 7009): either token of a family ends all of it. A token that means nothing is
 * answered like one that did.
 */
final class RevocationEndpoint {
    private final OAuthClients clients;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Credentials credentials;

    RevocationEndpoint(
            OAuthClients clients, RefreshTokens refreshTokens, AccessTokens accessTokens, Credentials credentials) {
        this.clients = clients;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.credentials = credentials;
    }

    Response answer(HTTPRequest http) {
        try {
            TokenRevocationRequest request = TokenRevocationRequest.parse(http);
            String client = ProtocolMessages.client(clients, request.getClientAuthentication(), request.getClientID())
                    .id();
            String token = request.getToken().getValue();
            refreshTokens.revoke(token, client);
            accessTokens
                    .inspect(token)
                    .filter(claims -> claims.clientId().equals(client))
                    .ifPresent(claims -> credentials.end(claims.family(), "revoked by its client"));
            return ProtocolMessages.empty(HTTPResponse.SC_OK);
        } catch (ParseException wrong) {
            return new TokenErrorResponse(ProtocolMessages.error(wrong));
        }
    }
}
