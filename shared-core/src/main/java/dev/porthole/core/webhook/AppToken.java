package dev.porthole.core.webhook;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * A token that says who an app is: an RS256 JWT (RFC 7519), as GitHub's documentation has it ("Generating a JSON Web
 * Token for a GitHub App"): issued 60 s ago, for clocks that differ, and over in less than 10 min.
 */
final class AppToken {
    private static final Duration DRIFT = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofMinutes(8);

    private AppToken() {}

    static String of(GitHubApp app, Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(app.id())
                .issueTime(Date.from(now.minus(DRIFT)))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        try {
            token.sign(new RSASSASigner(app.key().key()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("an RSA key that can't sign RS256", impossible);
        }
        return token.serialize();
    }
}
