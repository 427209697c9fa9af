package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.porthole.server.identity.Principal.UserPrincipal;
import dev.porthole.server.store.SecretBox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokenTest {
    private TestServer server;
    private SigningKeys keys;
    private String good;
    private JWTClaimsSet claims;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        // A second reader of the same stored keys: what an attacker who stole them could sign with.
        keys = new SigningKeys(server.store, SecretBox.in(folder), server.clock);
        good = server.client().signIn().text("access_token");
        claims = SignedJWT.parse(good).getJWTClaimsSet();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I6
    void aGoodOneNamesItsUserAndFamily() throws Exception {
        assertThat(server.authenticate(good))
                .contains(new UserPrincipal(server.userId(), claims.getStringClaim("sid")));
        assertThat(server.identity.authenticator().authenticate("bearer " + good, null))
                .isPresent();
    }

    @Test // T-I6
    void nothingAndNonsenseAreNobody() {
        Authenticator authenticator = server.identity.authenticator();

        assertThat(authenticator.authenticate(null, null)).isEmpty();
        assertThat(authenticator.authenticate("", null)).isEmpty();
        assertThat(authenticator.authenticate("Bearer", null)).isEmpty();
        assertThat(authenticator.authenticate("Bearer ", null)).isEmpty();
        assertThat(authenticator.authenticate("Basic " + good, null)).isEmpty();
        assertThat(authenticator.authenticate(good, null)).isEmpty();
        assertThat(authenticator.authenticate(null, good)).isEmpty();
        assertThat(server.authenticate("a.b.c")).isEmpty();
        assertThat(server.authenticate(good + "x")).isEmpty();
        assertThat(server.authenticate(good.substring(0, good.lastIndexOf('.') + 1)))
                .isEmpty();
    }

    @Test // T-I6
    void unsignedIsRefused() {
        assertThat(server.authenticate(new PlainJWT(claims).serialize())).isEmpty();
        String header = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\""
                + keys.current().getKeyID() + "\"}");
        assertThat(server.authenticate(header + "." + base64(claims.toString()) + "."))
                .isEmpty();
        assertThat(server.authenticate(
                        header + "." + base64(claims.toString()) + "." + good.substring(good.lastIndexOf('.') + 1)))
                .isEmpty();
    }

    @Test // T-I6
    void hs256WithThePublicKeyIsRefused() throws Exception {
        JWK published = JWKSet.parse(
                        server.client().get("/oauth/jwks").response().body())
                .getKeys()
                .getFirst();
        List<byte[]> secrets = List.of(
                published.toJSONString().getBytes(StandardCharsets.UTF_8),
                published.toECKey().toECPublicKey().getEncoded(),
                ("-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(published
                                                .toECKey()
                                                .toECPublicKey()
                                                .getEncoded())
                                + "\n-----END PUBLIC KEY-----\n")
                        .getBytes(StandardCharsets.UTF_8));

        for (byte[] secret : secrets) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .type(AccessTokens.TYPE)
                    .keyID(published.getKeyID())
                    .build();
            assertThat(server.authenticate(signed(header, claims, new MACSigner(secret))))
                    .isEmpty();
        }
    }

    @Test // T-I6
    void aForeignKeyUnderOurIdIsRefused() throws Exception {
        ECKey foreign =
                new ECKeyGenerator(Curve.P_256).keyID(keys.current().getKeyID()).generate();
        assertThat(server.authenticate(signed(header(AccessTokens.TYPE), claims, new ECDSASigner(foreign))))
                .isEmpty();

        JWSHeader withKey = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(AccessTokens.TYPE)
                .jwk(foreign.toPublicJWK())
                .build();
        assertThat(server.authenticate(signed(withKey, claims, new ECDSASigner(foreign))))
                .isEmpty();
    }

    @Test // T-I6
    void foreignIssuersAudiencesAndTypesAreRefusedThoughSignedByUs() throws Exception {
        assertThat(server.authenticate(ours(AccessTokens.TYPE, claims))).isPresent();

        assertThat(server.authenticate(ours(JOSEObjectType.JWT, claims))).isEmpty();
        assertThat(server.authenticate(ours(
                        AccessTokens.TYPE,
                        new JWTClaimsSet.Builder(claims)
                                .issuer("https://evil.example")
                                .build())))
                .isEmpty();
        assertThat(server.authenticate(ours(
                        AccessTokens.TYPE,
                        new JWTClaimsSet.Builder(claims)
                                .audience("porthole-desktop")
                                .build())))
                .isEmpty();
        assertThat(server.authenticate(ours(
                        AccessTokens.TYPE,
                        new JWTClaimsSet.Builder(claims).claim("sid", null).build())))
                .isEmpty();
        assertThat(server.authenticate(ours(
                        AccessTokens.TYPE,
                        new JWTClaimsSet.Builder(claims).claim("sid", "fam_0").build())))
                .isEmpty();
        assertThat(server.authenticate(ours(
                        AccessTokens.TYPE,
                        new JWTClaimsSet.Builder(claims).expirationTime(null).build())))
                .isEmpty();
        assertThat(server.authenticate(ours(
                        AccessTokens.TYPE,
                        new JWTClaimsSet.Builder(claims)
                                .issueTime(Date.from(server.clock.instant().plusSeconds(61)))
                                .build())))
                .isEmpty();
    }

    @Test // T-I4, T-I6
    void theIdTokenIsNoAccessToken() {
        assertThat(server.authenticate(server.client().signIn().text("id_token")))
                .isEmpty();
    }

    @Test // T-I6
    void itEndsAfterTenMinutesAndTheSkew() {
        server.clock.move(Duration.ofMinutes(11).minusMillis(1));
        assertThat(server.authenticate(good)).isPresent();

        server.clock.move(Duration.ofMillis(1));
        assertThat(server.authenticate(good)).isEmpty();
    }

    @Test // T-I5, T-I8
    void aFamilyThatWasJustSeenAliveIsDeadAtOnceWhenItEnds() throws Exception {
        assertThat(server.authenticate(good)).isPresent();

        assertThat(server.identity.end(claims.getStringClaim("sid"), "test")).isTrue();

        assertThat(server.authenticate(good)).isEmpty();
        assertThat(server.identity.end(claims.getStringClaim("sid"), "test")).isFalse();
    }

    @Test // T-I6
    void keysRotateWithOverlap() throws Exception {
        String oldKid = SignedJWT.parse(good).getHeader().getKeyID();
        server.clock.move(SigningKeys.SIGNS_FOR.minus(SigningKeys.PUBLISHED_AHEAD));
        List<String> both = publishedKids();
        assertThat(both).as("the next key is there before it signs").hasSize(2).contains(oldKid);
        assertThat(kid(server.client().signIn().text("access_token"))).isEqualTo(oldKid);

        server.clock.move(SigningKeys.PUBLISHED_AHEAD.minusMillis(1));
        String last = server.client().signIn().text("access_token");
        server.clock.move(Duration.ofMillis(1));
        String late = server.client().signIn().text("access_token");

        assertThat(kid(last)).isEqualTo(oldKid);
        assertThat(kid(late)).isNotEqualTo(oldKid).isIn(both);
        assertThat(server.authenticate(late)).isPresent();
        assertThat(server.authenticate(last)).isPresent();
        assertThat(publishedKids()).containsExactlyInAnyOrderElementsOf(both);

        server.clock.move(SigningKeys.STAYS_PUBLISHED_FOR);
        assertThat(publishedKids()).containsExactly(kid(late));
    }

    @Test // T-I6
    void allNodesKnowTheNextKeyBeforeItSigns() {
        server.clock.move(SigningKeys.SIGNS_FOR.minus(SigningKeys.PUBLISHED_AHEAD));
        String madeHere = keys.publishedSet().getKeys().stream()
                .map(JWK::getKeyID)
                .filter(kid -> !kid.equals(keys.current().getKeyID()))
                .findFirst()
                .orElseThrow();

        server.clock.move(SigningKeys.PUBLISHED_AHEAD);

        assertThat(keys.current().getKeyID()).isEqualTo(madeHere);
        assertThat(kidOfServer()).isEqualTo(madeHere);
    }

    private String kidOfServer() {
        try {
            return kid(server.client().signIn().text("access_token"));
        } catch (java.text.ParseException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String kid(String token) throws java.text.ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private List<String> publishedKids() throws java.text.ParseException {
        return JWKSet.parse(server.client().get("/oauth/jwks").response().body()).getKeys().stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private String ours(JOSEObjectType type, JWTClaimsSet claimed) throws JOSEException {
        return signed(header(type), claimed, new ECDSASigner(keys.current()));
    }

    private JWSHeader header(JOSEObjectType type) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(type)
                .keyID(keys.current().getKeyID())
                .build();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claimed, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claimed);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
