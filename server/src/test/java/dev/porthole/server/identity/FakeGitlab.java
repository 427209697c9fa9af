package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.porthole.server.config.ProviderSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A self-hosted GitLab as OpenID Connect provider, with each claim of its ID token in the test's hand. */
final class FakeGitlab extends FakeProvider {
    final AtomicInteger keysAsked = new AtomicInteger();
    volatile RSAKey key = newKey("first");
    volatile RSAKey publishedKey = key;
    volatile JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    volatile Consumer<JWTClaimsSet.Builder> change = claims -> {};
    volatile String subject = "42";
    volatile boolean promisesIssuer;
    volatile String userInfo = "{\"sub\":\"42\",\"name\":\"Ada L\",\"nickname\":\"ada\",\"preferred_username\":\"ada\","
            + "\"email\":\"ada@gitlab.example\",\"email_verified\":true}";

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    ProviderSettings settings(Set<String> administrators, Set<String> allowed) {
        return new ProviderSettings(
                "gitlab",
                ProviderSettings.Kind.GITLAB,
                "GitLab",
                URI.create(base),
                CLIENT,
                SECRET,
                administrators,
                allowed);
    }

    @Override
    void mount(RoutingHandler routes) {
        routes.get(
                        "/.well-known/openid-configuration",
                        exchange -> json(exchange, 200, """
                        {"issuer":"%1$s","authorization_endpoint":"%1$s/oauth/authorize",
                        "token_endpoint":"%1$s/oauth/token","userinfo_endpoint":"%1$s/oauth/userinfo",
                        "jwks_uri":"%1$s/oauth/discovery/keys","subject_types_supported":["public"],
                        "response_types_supported":["code"],"id_token_signing_alg_values_supported":["RS256"],
                        "authorization_response_iss_parameter_supported":%2$s}
                        """.formatted(base, promisesIssuer)))
                .get("/oauth/discovery/keys", exchange -> {
                    keysAsked.incrementAndGet();
                    json(exchange, 200, new JWKSet(publishedKey).toString(true));
                })
                .post("/oauth/token", exchange -> {
                    Map<String, List<String>> request = redeem(exchange);
                    json(
                            exchange,
                            request == null ? 400 : 200,
                            request == null
                                    ? "{\"error\":\"invalid_grant\",\"error_description\":\"The code is wrong\"}"
                                    : "{\"access_token\":\"at_1\",\"token_type\":\"Bearer\",\"id_token\":\""
                                            + idToken(WebRequest.field(request, "nonce")) + "\"}");
                })
                .get("/oauth/userinfo", exchange -> json(exchange, 200, userInfo));
    }

    private String idToken(String nonce) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(base)
                .subject(subject)
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .claim("nonce", nonce);
        change.accept(claims);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
        try {
            // HS256 with the client's secret or a public key is what attackers try.
            JWSSigner signer = algorithm.equals(JWSAlgorithm.HS256)
                    ? new MACSigner((SECRET + SECRET).getBytes(StandardCharsets.UTF_8))
                    : new RSASSASigner(key);
            token.sign(signer);
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
        return token.serialize();
    }

    @Override
    boolean isOurClient(HttpServerExchange exchange, Map<String, List<String>> form) {
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8));
        return expected.equals(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
    }
}
