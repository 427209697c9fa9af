package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
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
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.porthole.core.api.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth/token}: codes and refresh tokens in, tokens out (RFC 6749 sections 4.1.3, 5 and 6). */
final class TokenEndpoint {
    private static final JOSEObjectType ID_TOKEN = JOSEObjectType.JWT;

    private final PublicAddresses addresses;
    private final AuthorizationCodes codes;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Accounts accounts;
    private final InstantSource clock;

    TokenEndpoint(
            PublicAddresses addresses,
            AuthorizationCodes codes,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            Accounts accounts,
            InstantSource clock) {
        this.addresses = addresses;
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.accounts = accounts;
        this.clock = clock;
    }

    Response answer(HTTPRequest http) {
        try {
            TokenRequest request = TokenRequest.parse(http);
            ErrorObject stranger = ProtocolMessages.stranger(request.getClientAuthentication(), request.getClientID());
            if (stranger != null) {
                return new TokenErrorResponse(stranger);
            }
            return switch (request.getAuthorizationGrant()) {
                case AuthorizationCodeGrant grant -> redeem(grant);
                case RefreshTokenGrant grant -> refresh(grant, request.getScope());
                default -> new TokenErrorResponse(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
            };
        } catch (ParseException wrong) {
            return new TokenErrorResponse(ProtocolMessages.error(wrong));
        }
    }

    private Response redeem(AuthorizationCodeGrant grant) {
        if (grant.getCodeVerifier() == null) {
            return new TokenErrorResponse(OAuth2Error.INVALID_REQUEST.setDescription("code_verifier: missing"));
        }
        if (grant.getRedirectionURI() == null) {
            return new TokenErrorResponse(OAuth2Error.INVALID_REQUEST.setDescription("redirect_uri: missing"));
        }
        return codes.redeem(
                        grant.getAuthorizationCode().getValue(),
                        NativeClient.ID,
                        grant.getRedirectionURI().toString(),
                        grant.getCodeVerifier())
                .<Response>map(redeemed ->
                        tokens(redeemed.grant(), redeemed.grant().scope(), redeemed.refreshToken(), redeemed.nonce()))
                .orElseGet(TokenEndpoint::invalidGrant);
    }

    private Response refresh(RefreshTokenGrant grant, @Nullable Scope asked) {
        return refreshTokens
                .refresh(grant.getRefreshToken().getValue(), NativeClient.ID)
                .<Response>map(refreshed -> tokens(
                        refreshed.grant(), narrowed(refreshed.grant().scope(), asked), refreshed.successor(), null))
                .orElseGet(TokenEndpoint::invalidGrant);
    }

    private Response tokens(RefreshTokens.Grant family, String scope, String refreshToken, @Nullable String nonce) {
        RefreshTokens.Grant grant = new RefreshTokens.Grant(
                family.family(), family.userId(), family.clientId(), scope, family.signedInAt());
        Scope granted = Scope.parse(scope);
        BearerAccessToken access =
                new BearerAccessToken(accessTokens.issue(grant), AccessTokens.LIFETIME.toSeconds(), granted);
        RefreshToken refresh = new RefreshToken(refreshToken);
        if (!granted.contains("openid")) {
            return new AccessTokenResponse(new Tokens(access, refresh));
        }
        return accounts.user(grant.userId())
                .<Response>map(user -> new OIDCTokenResponse(
                        new OIDCTokens(idToken(user, grant, granted, access, nonce), access, refresh)))
                .orElseGet(TokenEndpoint::invalidGrant);
    }

    /** OpenID Connect Core, section 2. */
    private String idToken(
            User user, RefreshTokens.Grant grant, Scope scope, BearerAccessToken access, @Nullable String nonce) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(addresses.issuer().toString())
                .subject(user.id())
                .audience(grant.clientId())
                .claim("azp", grant.clientId())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(AccessTokens.LIFETIME)))
                .claim("auth_time", grant.signedInAt() / 1000)
                .claim(
                        "at_hash",
                        AccessTokenHash.compute(access, JWSAlgorithm.ES256, null)
                                .getValue());
        Optional.ofNullable(nonce).ifPresent(value -> claims.claim("nonce", value));
        if (scope.contains("profile")) {
            claims.claim("name", user.name()).claim("preferred_username", user.name());
        }
        if (scope.contains("email") && user.email() != null) {
            claims.claim("email", user.email());
        }
        return accessTokens.sign(ID_TOKEN, claims.build());
    }

    private static String narrowed(String granted, @Nullable Scope asked) {
        if (asked == null) {
            return granted;
        }
        Scope narrowed = Scope.parse(granted);
        narrowed.retainAll(asked);
        return narrowed.toString();
    }

    private static Response invalidGrant() {
        return new TokenErrorResponse(OAuth2Error.INVALID_GRANT);
    }
}
