package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.porthole.core.api.User;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells clients who signed in (OpenID Connect Core section 2), and reads what they bring back of it as a hint. */
final class IdTokens {
    private static final JOSEObjectType TYPE = JOSEObjectType.JWT;

    /**
     * Whom a client has signed in earlier.
     *
     * @param family the credential that the sign-in began; it may have ended
     */
    record Hint(String userId, String clientId, String family) {}

    private final PublicAddresses addresses;
    private final SigningKeys keys;
    private final InstantSource clock;

    IdTokens(PublicAddresses addresses, SigningKeys keys, InstantSource clock) {
        this.addresses = addresses;
        this.keys = keys;
        this.clock = clock;
    }

    /** A token that goes with an access token. */
    String issue(User user, RefreshTokens.Grant grant, Scope scope, AccessToken access, @Nullable String nonce) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(addresses.issuer().toString())
                .subject(user.id())
                .audience(grant.clientId())
                .claim("azp", grant.clientId())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(AccessTokens.LIFETIME)))
                .claim("auth_time", grant.signedInAt() / 1000)
                .claim(AccessTokens.FAMILY, grant.family())
                .claim(
                        "at_hash",
                        AccessTokenHash.compute(access, JWSAlgorithm.ES256, null)
                                .getValue());
        if (nonce != null) {
            claims.claim("nonce", nonce);
        }
        personal(user, scope).getClaims().forEach(claims::claim);
        return keys.sign(TYPE, claims.build());
    }

    /** What scopes let a client know of a person (OpenID Connect Core section 5.4). */
    static JWTClaimsSet personal(User user, Scope scope) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        if (scope.contains("profile")) {
            claims.claim("name", user.name()).claim("preferred_username", user.name());
        }
        if (scope.contains("email") && user.email() != null) {
            claims.claim("email", user.email());
        }
        return claims.build();
    }

    /** What one of ours says, even if it is over by now; empty for every kind of bad one alike. */
    Optional<Hint> hint(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!keys.signed(jwt, TYPE)) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String family = claims.getStringClaim(AccessTokens.FAMILY);
            boolean good = addresses.issuer().toString().equals(claims.getIssuer())
                    && claims.getSubject() != null
                    && claims.getAudience().size() == 1
                    && family != null;
            return good
                    ? Optional.of(
                            new Hint(claims.getSubject(), claims.getAudience().getFirst(), family))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException bad) {
            return Optional.empty();
        }
    }
}
