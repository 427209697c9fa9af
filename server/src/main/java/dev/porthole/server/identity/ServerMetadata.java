package dev.porthole.server.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.util.List;
import java.util.TreeSet;

/** What the two discovery documents say (RFC 8414, OpenID Connect Discovery): the same. */
final class ServerMetadata {
    private ServerMetadata() {}

    static String json(PublicAddresses addresses) {
        OIDCProviderMetadata metadata = new OIDCProviderMetadata(
                new Issuer(addresses.issuer()), List.of(SubjectType.PUBLIC), addresses.endpoint("/oauth/jwks"));
        metadata.setAuthorizationEndpointURI(addresses.page("/oauth/authorize"));
        metadata.setTokenEndpointURI(addresses.endpoint("/oauth/token"));
        metadata.setRevocationEndpointURI(addresses.endpoint("/oauth/revoke"));
        metadata.setIntrospectionEndpointURI(addresses.endpoint(IntrospectionEndpoint.PATH));
        metadata.setDeviceAuthorizationEndpointURI(addresses.endpoint(DeviceAuthorizationEndpoint.PATH));
        metadata.setUserInfoEndpointURI(addresses.endpoint(UserInfoEndpoint.PATH));
        metadata.setEndSessionEndpointURI(addresses.page(EndSessionPages.PATH));
        metadata.setScopes(new Scope(new TreeSet<>(RegisteredClient.scopes()).toArray(String[]::new)));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE));
        metadata.setPromptTypes(
                List.of(Prompt.Type.NONE, Prompt.Type.LOGIN, Prompt.Type.CONSENT, Prompt.Type.SELECT_ACCOUNT));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(List.of(ClientAuthenticationMethod.NONE));
        metadata.setRevocationEndpointAuthMethods(List.of(ClientAuthenticationMethod.NONE));
        metadata.setIntrospectionEndpointAuthMethods(
                List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST));
        metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.ES256));
        metadata.setClaims(List.of(
                "iss",
                "sub",
                "aud",
                "azp",
                "exp",
                "iat",
                "auth_time",
                "nonce",
                "sid",
                "at_hash",
                "name",
                "preferred_username",
                "email"));
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        metadata.setSupportsRequestURIParam(false);
        return metadata.toString();
    }
}
