package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.ErrorObject;
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
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Credentials credentials;

    RevocationEndpoint(RefreshTokens refreshTokens, AccessTokens accessTokens, Credentials credentials) {
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.credentials = credentials;
    }

    Response answer(HTTPRequest http) {
        try {
            TokenRevocationRequest request = TokenRevocationRequest.parse(http);
            ErrorObject stranger = ProtocolMessages.stranger(request.getClientAuthentication(), request.getClientID());
            if (stranger != null) {
                return new TokenErrorResponse(stranger);
            }
            String token = request.getToken().getValue();
            refreshTokens.revoke(token, NativeClient.ID);
            accessTokens.read(token).ifPresent(user -> credentials.end(user.credential(), "revoked by its client"));
            return ProtocolMessages.empty(HTTPResponse.SC_OK);
        } catch (ParseException wrong) {
            return new TokenErrorResponse(ProtocolMessages.error(wrong));
        }
    }
}
