package dev.porthole.server.identity;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Response;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationGrantError;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oauth/token}: codes and refresh tokens in, tokens out (RFC 6749 sections 4.1.3, 5 and 6; RFC 8628
 * section 3.4).
 */
final class TokenEndpoint {
    private final OAuthClients clients;
    private final AuthorizationCodes codes;
    private final DeviceCodes deviceCodes;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final Accounts accounts;

    TokenEndpoint(
            OAuthClients clients,
            AuthorizationCodes codes,
            DeviceCodes deviceCodes,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            IdTokens idTokens,
            Accounts accounts) {
        this.clients = clients;
        this.codes = codes;
        this.deviceCodes = deviceCodes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.accounts = accounts;
    }

    Response answer(HTTPRequest http) {
        try {
            TokenRequest request = TokenRequest.parse(http);
            RegisteredClient client =
                    ProtocolMessages.client(clients, request.getClientAuthentication(), request.getClientID());
            return switch (request.getAuthorizationGrant()) {
                case AuthorizationCodeGrant grant -> redeem(client, grant);
                case RefreshTokenGrant grant -> refresh(client, grant, request.getScope());
                case DeviceCodeGrant grant -> poll(client, grant);
                default -> new TokenErrorResponse(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
            };
        } catch (ParseException wrong) {
            return new TokenErrorResponse(ProtocolMessages.error(wrong));
        }
    }

    private Response redeem(RegisteredClient client, AuthorizationCodeGrant grant) {
        if (grant.getCodeVerifier() == null) {
            return new TokenErrorResponse(OAuth2Error.INVALID_REQUEST.setDescription("code_verifier: missing"));
        }
        if (grant.getRedirectionURI() == null) {
            return new TokenErrorResponse(OAuth2Error.INVALID_REQUEST.setDescription("redirect_uri: missing"));
        }
        return codes.redeem(
                        grant.getAuthorizationCode().getValue(),
                        client.id(),
                        grant.getRedirectionURI().toString(),
                        grant.getCodeVerifier())
                .map(redeemed -> tokens(client, redeemed.grant(), null, redeemed.refreshToken(), redeemed.nonce()))
                .orElseGet(TokenEndpoint::invalidGrant);
    }

    private Response refresh(RegisteredClient client, RefreshTokenGrant grant, @Nullable Scope asked) {
        String token = grant.getRefreshToken().getValue();
        Optional<String> scope = refreshTokens.scopeOf(token, client.id());
        if (asked != null
                && scope.isPresent()
                && !Scope.parse(scope.get()).toStringList().containsAll(asked.toStringList())) {
            // RFC 6749 section 6. Said before the token is used up.
            return new TokenErrorResponse(
                    OAuth2Error.INVALID_SCOPE.setDescription("scope: more than the person has granted"));
        }
        return refreshTokens
                .refresh(token, client.id())
                .map(refreshed -> tokens(client, refreshed.grant(), asked, refreshed.successor(), null))
                .orElseGet(TokenEndpoint::invalidGrant);
    }

    private Response poll(RegisteredClient client, DeviceCodeGrant grant) {
        return switch (deviceCodes.poll(grant.getDeviceCode().getValue(), client.id())) {
            case DeviceCodes.Poll.Approved approved ->
                tokens(client, approved.grant(), null, approved.refreshToken(), null);
            case DeviceCodes.Poll.Pending() -> refused(DeviceAuthorizationGrantError.AUTHORIZATION_PENDING);
            case DeviceCodes.Poll.SlowDown() -> refused(DeviceAuthorizationGrantError.SLOW_DOWN);
            case DeviceCodes.Poll.Expired() -> refused(DeviceAuthorizationGrantError.EXPIRED_TOKEN);
            case DeviceCodes.Poll.Denied() ->
                refused(OAuth2Error.ACCESS_DENIED.setHTTPStatusCode(OAuth2Error.INVALID_GRANT.getHTTPStatusCode()));
            case DeviceCodes.Poll.Worthless() -> invalidGrant();
        };
    }

    private static Response refused(ErrorObject error) {
        return new TokenErrorResponse(error);
    }

    /** @param asked what the client wants of the family's scope; null for all of it */
    private Response tokens(
            RegisteredClient client,
            RefreshTokens.Grant family,
            @Nullable Scope asked,
            String refreshToken,
            @Nullable String nonce) {
        Scope scope = asked == null ? Scope.parse(family.scope()) : asked;
        RefreshTokens.Grant grant = new RefreshTokens.Grant(
                family.family(), family.userId(), family.clientId(), scope.toString(), family.signedInAt());
        BearerAccessToken access = new BearerAccessToken(
                accessTokens.issue(grant), AccessTokens.LIFETIME.toSeconds(), scope.isEmpty() ? null : scope);
        // OpenID Connect Core section 11: others are kept signed in only if their user allowed that.
        boolean keptSignedIn =
                client.firstParty() || Scope.parse(family.scope()).contains(RegisteredClient.OFFLINE);
        RefreshToken refresh = keptSignedIn ? new RefreshToken(refreshToken) : null;
        if (!scope.contains("openid")) {
            return new AccessTokenResponse(new Tokens(access, refresh));
        }
        return accounts.user(grant.userId())
                .<Response>map(user -> new OIDCTokenResponse(
                        new OIDCTokens(idTokens.issue(user, grant, scope, access, nonce), access, refresh)))
                .orElseGet(TokenEndpoint::invalidGrant);
    }

    private static Response invalidGrant() {
        return new TokenErrorResponse(OAuth2Error.INVALID_GRANT);
    }
}
