package dev.porthole.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.Scope;
import dev.porthole.core.api.Ids;
import dev.porthole.server.identity.Principal.UserPrincipal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of signed-in users: JWT of RFC 9068, ES256, ten minutes. What they say is checked here, with the
 * algorithm and the type pinned (RFC 8725 sections 3.1 and 3.11); that their family still lives is asked each time.
 *
 * <p>Tokens of our own client, and of others whose user allowed them {@code api}, are for the API. All others say who
 * the user is, at {@code /oauth/userinfo}, and mean nothing to the API: its name is not among their audience.
 *
 * <p>Safe from any thread.
 */
final class AccessTokens {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    /** The claim that carries the family. */
    static final String FAMILY = "sid";

    private static final Duration SKEW = Duration.ofSeconds(60);

    /** What a good token says. */
    record Claims(
            String id,
            String userId,
            String family,
            String clientId,
            String scope,
            List<String> audience,
            Instant issuedAt,
            Instant expiresAt) {
        Claims {
            audience = List.copyOf(audience);
        }
    }

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
        return keys.sign(
                TYPE,
                new JWTClaimsSet.Builder()
                        .issuer(addresses.issuer().toString())
                        .audience(audience(grant))
                        .subject(grant.userId())
                        .claim("client_id", grant.clientId())
                        .claim("scope", grant.scope())
                        .claim(FAMILY, grant.family())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .jwtID(Ids.next("at"))
                        .build());
    }

    /**
     * Who a token for the API speaks for; empty for every kind of bad one alike. Says nothing of whether the family
     * lives.
     */
    Optional<UserPrincipal> read(String token) {
        return inspect(token)
                .filter(claims -> claims.audience.contains(addresses.audience()))
                .map(claims -> new UserPrincipal(claims.userId, claims.family));
    }

    /** What a token says, whatever it is for; empty for every kind of bad one alike. */
    Optional<Claims> inspect(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return keys.signed(jwt, TYPE) ? claims(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    private Optional<Claims> claims(JWTClaimsSet claims) throws ParseException {
        String family = claims.getStringClaim(FAMILY);
        String client = claims.getStringClaim("client_id");
        String scope = claims.getStringClaim("scope");
        String user = claims.getSubject();
        String id = claims.getJWTID();
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        boolean ours = addresses.issuer().toString().equals(claims.getIssuer())
                && claims.getAudience().stream().anyMatch(this::isOfOurs);
        if (!ours
                || family == null
                || client == null
                || user == null
                || id == null
                || issued == null
                || expires == null
                || !isInTime(issued, claims.getNotBeforeTime(), expires)) {
            return Optional.empty();
        }
        return Optional.of(new Claims(
                id,
                user,
                family,
                client,
                scope == null ? "" : scope,
                claims.getAudience(),
                issued.toInstant(),
                expires.toInstant()));
    }

    private String audience(RefreshTokens.Grant grant) {
        boolean forApi = grant.clientId().equals(NativeClient.ID)
                || Scope.parse(grant.scope()).contains(RegisteredClient.API);
        return forApi ? addresses.audience() : userInfo();
    }

    private boolean isOfOurs(String audience) {
        return audience.equals(addresses.audience()) || audience.equals(userInfo());
    }

    private String userInfo() {
        return addresses.endpoint(UserInfoEndpoint.PATH).toString();
    }

    private boolean isInTime(Date issued, @Nullable Date notBefore, Date expires) {
        Instant now = clock.instant();
        return now.isBefore(expires.toInstant().plus(SKEW))
                && isPast(issued, now)
                && (notBefore == null || isPast(notBefore, now));
    }

    private static boolean isPast(Date time, Instant now) {
        return !time.toInstant().minus(SKEW).isAfter(now);
    }
}
