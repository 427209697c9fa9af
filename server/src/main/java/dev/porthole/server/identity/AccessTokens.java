package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.porthole.core.api.Ids;
import dev.porthole.server.identity.Principal.UserPrincipal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of signed-in users: JWT of RFC 9068, ES256, ten minutes. What they say is checked here, with the
 * algorithm and the type pinned (RFC 8725 sections 3.1 and 3.11); that their family still lives is asked each time.
 * Safe from any thread.
 */
final class AccessTokens {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    /** The claim that carries the family. */
    static final String FAMILY = "sid";

    private static final Duration SKEW = Duration.ofSeconds(60);

    private final PublicAddresses addresses;
    private final SigningKeys keys;
    private final InstantSource clock;

    AccessTokens(PublicAddresses addresses, SigningKeys keys, InstantSource clock) {
        this.addresses = addresses;
        this.keys = keys;
        this.clock = clock;
    }

    /** Signs a token for a family. */
    String issue(RefreshTokens.Grant grant) {
        Instant now = clock.instant();
        return sign(
                TYPE,
                new JWTClaimsSet.Builder()
                        .issuer(addresses.issuer().toString())
                        .audience(addresses.audience())
                        .subject(grant.userId())
                        .claim("client_id", grant.clientId())
                        .claim("scope", grant.scope())
                        .claim(FAMILY, grant.family())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .jwtID(Ids.next("at"))
                        .build());
    }

    /** Signs claims with the current key. */
    String sign(JOSEObjectType type, JWTClaimsSet claims) {
        ECKey key = keys.current();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("ES256 is part of every Java", impossible);
        }
        return token.serialize();
    }

    /** Who a token speaks for; empty for every kind of bad one alike. Says nothing of whether the family lives. */
    Optional<UserPrincipal> read(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!isSignedByUs(jwt)) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String family = claims.getStringClaim(FAMILY);
            boolean good = addresses.issuer().toString().equals(claims.getIssuer())
                    && claims.getAudience().contains(addresses.audience())
                    && isInTime(claims)
                    && claims.getSubject() != null
                    && family != null;
            return good ? Optional.of(new UserPrincipal(claims.getSubject(), family)) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    private boolean isSignedByUs(SignedJWT jwt) throws JOSEException {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !TYPE.equals(header.getType())
                || header.getKeyID() == null) {
            return false;
        }
        ECKey key = keys.published(header.getKeyID());
        return key != null && jwt.verify(new ECDSAVerifier(key));
    }

    private boolean isInTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expiry = claims.getExpirationTime();
        return expiry != null
                && now.isBefore(expiry.toInstant().plus(SKEW))
                && isPast(claims.getIssueTime(), now)
                && isPast(claims.getNotBeforeTime(), now);
    }

    private static boolean isPast(@Nullable Date time, Instant now) {
        return time == null || !time.toInstant().minus(SKEW).isAfter(now);
    }
}
