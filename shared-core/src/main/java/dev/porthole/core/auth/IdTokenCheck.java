package dev.porthole.core.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import dev.porthole.core.api.HttpExchange;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an id_token as OpenID Connect Core, section 3.1.3.7 says: signature by the issuer's published keys,
 * {@code iss}, {@code aud}, {@code azp}, {@code exp} and {@code iat} with 60 s of skew, {@code nonce}, {@code at_hash}.
 */
final class IdTokenCheck {
    private static final int SKEW_SECONDS = 60;
    // Signatures by key pairs only: "none" and HMAC with a public key have no way in.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256);

    private final AuthorizationServiceConfiguration configuration;

    IdTokenCheck(AuthorizationServiceConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Returns if all is well. {@code nonce} is null when no browser was involved and none was sent. */
    void check(String idToken, String accessToken, @Nullable String nonce)
            throws AuthorizationException, IOException, InterruptedException {
        try {
            JWT parsed = JWTParser.parse(idToken);
            IDTokenValidator validator = new IDTokenValidator(
                    new Issuer(configuration.issuer()),
                    new ClientID(AuthorizationRequest.CLIENT_ID),
                    new JWSVerificationKeySelector<SecurityContext>(ALGORITHMS, new ImmutableJWKSet<>(keys())),
                    null);
            validator.setMaxClockSkew(SKEW_SECONDS);
            IDTokenClaimsSet claims = validator.validate(parsed, nonce == null ? null : new Nonce(nonce));
            // Rule 5 of the section; the library looks at azp only when there are several audiences.
            if (claims.getAuthorizedParty() != null
                    && !claims.getAuthorizedParty().getValue().equals(AuthorizationRequest.CLIENT_ID)) {
                throw AuthorizationException.invalidResponse("The server's id_token is not valid: azp: "
                        + claims.getAuthorizedParty() + " (expected: " + AuthorizationRequest.CLIENT_ID + ")");
            }
            if (claims.getAccessTokenHash() != null) {
                AccessTokenValidator.validate(
                        new BearerAccessToken(accessToken),
                        JWSAlgorithm.parse(parsed.getHeader().getAlgorithm().getName()),
                        claims.getAccessTokenHash());
            }
        } catch (ParseException | BadJOSEException | JOSEException | InvalidHashException refused) {
            throw AuthorizationException.invalidResponse("The server's id_token is not valid: " + refused.getMessage());
        }
    }

    private JWKSet keys() throws IOException, InterruptedException, ParseException {
        HttpResponse<byte[]> answer = HttpExchange.send(HttpRequest.newBuilder(configuration.jwks())
                .timeout(HttpExchange.ANSWER_LIMIT)
                .header("Accept", "application/jwk-set+json, application/json")
                .build());
        if (answer.statusCode() != 200) {
            throw new IOException(configuration.jwks() + " answered " + answer.statusCode() + " (expected: 200)");
        }
        return JWKSet.parse(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
