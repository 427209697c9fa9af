package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.porthole.server.config.ProviderSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any OpenID Connect provider, found by discovery; GitLab is one. ID tokens are checked as OpenID Connect Core 3.1.3.7
 * says, with signatures of asymmetric keys only; {@code iss} of the answer as RFC 9207 says.
 */
final class OpenIdProvider implements SignInProvider {
    private static final Duration DOCUMENT_BELIEVED = Duration.ofHours(1);
    private static final Scope SCOPE = new Scope("openid", "profile", "email");
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private record Document(OIDCProviderMetadata metadata, ProviderKeys keys, Instant readAt) {}

    private final ProviderSettings settings;
    private final ProviderHttp http;
    private final InstantSource clock;
    private final Issuer issuer;
    private final ClientID client;
    private @Nullable Document document;

    OpenIdProvider(ProviderSettings settings, ProviderHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.issuer = new Issuer(settings.base());
        this.client = new ClientID(settings.clientId());
    }

    @Override
    public ProviderSettings settings() {
        return settings;
    }

    @Override
    public URI authorization(Trip trip) throws ProviderException {
        URI endpoint = ProviderHttp.checked(document().metadata.getAuthorizationEndpointURI());
        return new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, client, trip.redirectUri())
                .endpointURI(endpoint)
                .state(new State(trip.state()))
                .nonce(new Nonce(trip.nonce()))
                .codeChallenge(trip.verifier(), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    @Override
    public ExternalIdentity identify(Trip trip, Map<String, List<String>> answer) throws ProviderException {
        Document found = document();
        checkIssuer(found.metadata, WebRequest.field(answer, "iss"));
        OIDCTokens tokens = redeem(found.metadata, trip, WebRequest.field(answer, "code"));
        IDTokenClaimsSet claims = validated(found, tokens, trip.nonce());
        UserInfo asked = userInfo(found.metadata, tokens.getAccessToken(), claims);
        return identity(claims.getSubject().getValue(), asked == null ? told(claims) : asked);
    }

    private static UserInfo told(IDTokenClaimsSet claims) throws ProviderException {
        try {
            return new UserInfo(claims.toJWTClaimsSet());
        } catch (ParseException odd) {
            throw new ProviderException("the ID token has no readable claims", odd);
        }
    }

    /** RFC 9207 section 2.4: whoever promises {@code iss} must send it, and a wrong one is somebody else's answer. */
    private void checkIssuer(OIDCProviderMetadata metadata, String given) throws ProviderException {
        boolean wrong = given.isEmpty()
                ? metadata.supportsAuthorizationResponseIssuerParam()
                : !given.equals(issuer.getValue());
        if (wrong) {
            throw new ProviderException(
                    "iss: " + (given.isEmpty() ? "missing" : given) + " (expected: " + issuer + ")");
        }
    }

    private OIDCTokens redeem(OIDCProviderMetadata metadata, Trip trip, String code) throws ProviderException {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), trip.redirectUri(), trip.verifier());
        URI endpoint = ProviderHttp.checked(metadata.getTokenEndpointURI());
        TokenRequest request = settings.clientSecret() == null
                ? new TokenRequest.Builder(endpoint, client, grant).build()
                : new TokenRequest.Builder(endpoint, authentication(metadata, settings.clientSecret()), grant).build();
        try {
            var response = OIDCTokenResponseParser.parse(http.send(request.toHTTPRequest()));
            if (response.indicatesSuccess()) {
                return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
            }
            throw new ProviderException(
                    "the provider gave no tokens: " + response.toErrorResponse().getErrorObject());
        } catch (ParseException odd) {
            throw new ProviderException(
                    "the provider's answer with the tokens can't be read: " + odd.getMessage(), odd);
        }
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata, String secret) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean basic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return basic
                ? new ClientSecretBasic(client, new Secret(secret))
                : new ClientSecretPost(client, new Secret(secret));
    }

    private IDTokenClaimsSet validated(Document found, OIDCTokens tokens, String nonce) throws ProviderException {
        IDTokenValidator validator =
                new IDTokenValidator(issuer, client, new JWSVerificationKeySelector<>(ALGORITHMS, found.keys), null);
        try {
            return validator.validate(tokens.getIDToken(), new Nonce(nonce));
        } catch (BadJOSEException | JOSEException refused) {
            throw new ProviderException("the ID token is not good: " + refused.getMessage(), refused);
        }
    }

    /** Names and addresses are often told only here; the subject must be the ID token's (OpenID Connect Core 5.3.2). */
    private @Nullable UserInfo userInfo(OIDCProviderMetadata metadata, AccessToken token, IDTokenClaimsSet claims)
            throws ProviderException {
        URI endpoint = metadata.getUserInfoEndpointURI();
        if (endpoint == null) {
            return null;
        }
        String text = http.get(endpoint, Map.of("Authorization", "Bearer " + token.getValue()));
        try {
            UserInfo info = UserInfo.parse(text);
            if (!info.getSubject().equals(claims.getSubject())) {
                throw new ProviderException("the provider told about somebody else");
            }
            return info;
        } catch (ParseException odd) {
            throw new ProviderException("what the provider told about the user can't be read", odd);
        }
    }

    /** Where user names are unique and can't be taken over while in use, they are told as a login: at GitLab. */
    private ExternalIdentity identity(String subject, UserInfo info) {
        String email = Boolean.TRUE.equals(info.getEmailVerified()) ? info.getEmailAddress() : null;
        String login = settings.kind() == ProviderSettings.Kind.GITLAB ? userName(info) : null;
        String name = info.getName();
        for (String other : new String[] {info.getPreferredUsername(), info.getNickname(), email, subject}) {
            if ((name == null || name.isBlank()) && other != null) {
                name = other;
            }
        }
        return new ExternalIdentity(subject, name == null ? subject : name, login, email);
    }

    private static @Nullable String userName(UserInfo info) {
        return info.getNickname() != null ? info.getNickname() : info.getPreferredUsername();
    }

    private synchronized Document document() throws ProviderException {
        Instant now = clock.instant();
        Document known = document;
        if (known != null && known.readAt.plus(DOCUMENT_BELIEVED).isAfter(now)) {
            return known;
        }
        // OpenID Connect Discovery 4: the path is added to the issuer's own, without its last slash.
        URI address = URI.create(issuer.getValue().replaceFirst("/$", "") + "/.well-known/openid-configuration");
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(http.get(address, Map.of()));
            if (!metadata.getIssuer().equals(issuer)) {
                throw new ProviderException("issuer: " + metadata.getIssuer() + " (expected: " + issuer + ")");
            }
            if (metadata.getAuthorizationEndpointURI() == null || metadata.getTokenEndpointURI() == null) {
                throw new ProviderException(address + ": has no authorization_endpoint or no token_endpoint");
            }
            Document read = new Document(metadata, new ProviderKeys(http, clock, metadata.getJWKSetURI()), now);
            document = read;
            return read;
        } catch (ParseException odd) {
            throw new ProviderException(address + ": can't be read: " + odd.getMessage(), odd);
        }
    }
}
