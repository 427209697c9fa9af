package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
    private TestServer server;
    private Client client;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I4, T-I6
    void tokensSayWhatTheyShould() throws Exception {
        Client.Answer answer = client.signIn();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body()).containsEntry("token_type", "Bearer").containsEntry("expires_in", 600L);
        SignedJWT access = SignedJWT.parse(answer.text("access_token"));
        SignedJWT id = SignedJWT.parse(answer.text("id_token"));
        JWKSet keys = JWKSet.parse(client.get("/oauth/jwks").response().body());
        for (SignedJWT token : List.of(access, id)) {
            assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
            assertThat(token.verify(new ECDSAVerifier(
                            keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                    .isTrue();
            assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("http://localhost:" + server.port);
            assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(server.userId());
        }
        assertThat(access.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(access.getJWTClaimsSet().getAudience()).containsExactly("http://localhost:" + server.port + "/api");
        assertThat(access.getJWTClaimsSet().getStringClaim("sid")).startsWith("fam_");
        JWTClaimsSet claims = id.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("porthole-desktop");
        assertThat(claims.getStringClaim("azp")).isEqualTo("porthole-desktop");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("nonce-1");
        assertThat(claims.getStringClaim("name")).isEqualTo("ada");
        assertThat(claims.getStringClaim("at_hash"))
                .isEqualTo(AccessTokenHash.compute(
                                new BearerAccessToken(answer.text("access_token")), JWSAlgorithm.ES256, null)
                        .getValue());
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
    }

    @Test // T-I1
    void aMissingVerifierIsRefusedAndSpendsNothing() {
        String code = client.code();
        Map<String, String> fields = client.codeGrant(code);
        fields.remove("code_verifier");

        assertThat(client.token(fields)).satisfies(refused("invalid_request"));
        assertThat(client.redeem(code).status()).isEqualTo(200);
    }

    @Test // T-I1
    void aWrongVerifierIsRefusedAndSpendsTheCode() {
        String code = client.code();
        Map<String, String> fields = client.codeGrant(code);
        fields.put("code_verifier", new CodeVerifier().getValue());

        assertThat(client.token(fields)).satisfies(refused("invalid_grant"));
        assertThat(client.redeem(code)).satisfies(refused("invalid_grant"));
    }

    @Test // T-I1
    void theChallengeItselfIsNoVerifier() {
        Map<String, String> fields = client.codeGrant(client.code());
        fields.put("code_verifier", client.challenge());

        assertThat(client.token(fields)).satisfies(refused("invalid_grant"));
    }

    @Test // T-I2
    void theTokenRequestNamesTheSameRedirect() {
        Map<String, String> other = client.codeGrant(client.code());
        other.put("redirect_uri", "http://127.0.0.1:53413/callback");
        assertThat(client.token(other)).satisfies(refused("invalid_grant"));

        Map<String, String> none = client.codeGrant(client.code());
        none.remove("redirect_uri");
        assertThat(client.token(none)).satisfies(refused("invalid_request"));
    }

    @Test // T-I1
    void aClientWithASecretOrAnotherNameIsRefused() {
        Map<String, String> fields = client.codeGrant(client.code());
        Client.Answer basic =
                client.post("/oauth/token", fields, Map.of("Authorization", "Basic cG9ydGhvbGUtZGVza3RvcDpzZWNyZXQ="));
        assertThat(basic.status()).isEqualTo(401);
        assertThat(basic.body()).containsEntry("error", "invalid_client");
        assertThat(basic.response().headers().firstValue("WWW-Authenticate")).isPresent();

        fields.put("client_id", "somebody-else");
        assertThat(client.token(fields).body()).containsEntry("error", "invalid_client");
        fields.remove("client_id");
        assertThat(client.token(fields).status()).isIn(400, 401);
    }

    @Test
    void grantsThatWeDontKnowAreRefused() {
        assertThat(client.token(Map.of("grant_type", "client_credentials", "client_id", "porthole-desktop"))
                        .status())
                .isIn(400, 401);
        assertThat(client.token(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "porthole-desktop",
                        "username",
                        TestServer.USER,
                        "password",
                        TestServer.PASSWORD)))
                .satisfies(refused("unsupported_grant_type"));
        assertThat(client.token(Map.of("client_id", "porthole-desktop"))).satisfies(refused("invalid_request"));
    }

    @Test // T-I3
    void aCodeLivesSixtySeconds() {
        String late = client.code();
        server.clock.move(AuthorizationCodes.LIFETIME);
        assertThat(client.redeem(late)).satisfies(refused("invalid_grant"));

        String inTime = client.code();
        server.clock.move(AuthorizationCodes.LIFETIME.minusMillis(1));
        assertThat(client.redeem(inTime).status()).isEqualTo(200);
    }

    @Test // T-I3
    void aSecondUseOfACodeRevokesWhatTheFirstGave() throws Exception {
        String code = client.code();
        Client.Answer first = client.redeem(code);
        assertThat(server.authenticate(first.text("access_token"))).isPresent();

        assertThat(client.redeem(code)).satisfies(refused("invalid_grant"));

        assertThat(server.authenticate(first.text("access_token"))).isEmpty();
        assertThat(client.refresh(first.text("refresh_token"))).satisfies(refused("invalid_grant"));
        assertThat(server.ended.poll(10, SECONDS)).startsWith("fam_");
    }

    @Test // T-I3, T-I5
    void parallelUsesOfOneCodeNeverLeaveALiveFamily() throws Exception {
        String code = client.code();
        List<Client.Answer> answers = atOnce(8, () -> client.redeem(code));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(liveFamilies()).isZero();
    }

    @Test // T-I3
    void nothingSecretIsStoredAsItIs() {
        String code = client.code();
        Client.Answer answer = client.redeem(code);

        assertThat(server.stores(code)).isFalse();
        assertThat(server.stores(answer.text("refresh_token"))).isFalse();
        assertThat(server.stores(answer.text("access_token"))).isFalse();
        assertThat(server.stores(OpaqueToken.hash(answer.text("refresh_token"))))
                .isTrue();
    }

    @Test // T-I5
    void refreshTokensRotateAndKeepTheFamily() throws Exception {
        Client.Answer first = client.signIn();
        Client.Answer second = client.refresh(first.text("refresh_token"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(family(second)).isEqualTo(family(first));
        assertThat(SignedJWT.parse(second.text("id_token")).getJWTClaimsSet().getClaim("nonce"))
                .isNull();
    }

    @Test // T-I5
    void aReusedRefreshTokenEndsItsFamily() throws Exception {
        Client.Answer first = client.signIn();
        Client.Answer second = client.refresh(first.text("refresh_token"));
        server.clock.move(RefreshTokens.GRACE.plusMillis(1));

        assertThat(client.refresh(first.text("refresh_token"))).satisfies(refused("invalid_grant"));

        assertThat(client.refresh(second.text("refresh_token"))).satisfies(refused("invalid_grant"));
        assertThat(server.authenticate(first.text("access_token"))).isEmpty();
        assertThat(server.authenticate(second.text("access_token"))).isEmpty();
        assertThat(server.ended.poll(10, SECONDS)).isEqualTo(family(first));
    }

    @Test // T-I5
    void aLostAnswerIsGivenAgainWithinTenSeconds() {
        Client.Answer first = client.signIn();
        Client.Answer lost = client.refresh(first.text("refresh_token"));
        server.clock.move(RefreshTokens.GRACE);

        Client.Answer again = client.refresh(first.text("refresh_token"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("refresh_token")).isEqualTo(lost.text("refresh_token"));
        assertThat(client.refresh(again.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test // T-I5
    void theGraceEndsWhenTheSuccessorWasUsed() {
        Client.Answer first = client.signIn();
        Client.Answer second = client.refresh(first.text("refresh_token"));
        Client.Answer third = client.refresh(second.text("refresh_token"));

        assertThat(client.refresh(first.text("refresh_token"))).satisfies(refused("invalid_grant"));
        assertThat(client.refresh(third.text("refresh_token"))).satisfies(refused("invalid_grant"));
    }

    @Test // T-I5
    void parallelUsesOfOneRefreshTokenGetOneSuccessor() throws Exception {
        String token = client.signIn().text("refresh_token");

        List<Client.Answer> answers = atOnce(8, () -> client.refresh(token));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.text("refresh_token")).distinct())
                .hasSize(1);
        assertThat(liveFamilies()).isEqualTo(1);
    }

    @Test // T-I5
    void anIdleFamilyExpires() {
        String token = client.signIn().text("refresh_token");
        server.clock.move(RefreshTokens.IDLE);

        assertThat(client.refresh(token)).satisfies(refused("invalid_grant"));
    }

    @Test // T-I8
    void revokingEitherTokenEndsTheFamilyAndItsConnectTokens() throws Exception {
        String project = server.project();
        String connector = server.connector(project);
        for (String which : List.of("refresh_token", "access_token")) {
            Client.Answer tokens = client.signIn();
            Principal user = server.authenticate(tokens.text("access_token")).orElseThrow();
            String connect = server.identity
                    .connectTokens()
                    .mint(user, connector, project)
                    .token();
            assertThat(server.identity.connectTokens().verify(connect)).isPresent();

            assertThat(client.revoke(tokens.text(which)).status()).isEqualTo(200);

            assertThat(server.ended.poll(10, SECONDS)).isEqualTo(user.credential());
            assertThat(server.identity.connectTokens().verify(connect)).isEmpty();
            assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
            assertThat(client.refresh(tokens.text("refresh_token"))).satisfies(refused("invalid_grant"));
        }
    }

    @Test // T-I8 (RFC 7009 section 2.2)
    void revokingNonsenseIsFineAndEndsNothing() {
        Client.Answer tokens = client.signIn();

        assertThat(client.revoke("nonsense").status()).isEqualTo(200);
        assertThat(client.revoke("a.b.c").status()).isEqualTo(200);
        assertThat(client.post(
                                "/oauth/revoke",
                                Map.of("client_id", "somebody-else", "token", tokens.text("refresh_token")),
                                Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(server.authenticate(tokens.text("access_token"))).isPresent();
    }

    @Test
    void tokensSurviveARestart(@TempDir Path folder) throws Exception {
        String refresh;
        String kid;
        try (TestServer before = TestServer.started(folder)) {
            Client.Answer tokens = before.client().signIn();
            refresh = tokens.text("refresh_token");
            kid = SignedJWT.parse(tokens.text("access_token")).getHeader().getKeyID();
        }
        try (TestServer after = TestServer.empty(folder)) {
            Client.Answer tokens = after.client().refresh(refresh);
            assertThat(tokens.status()).isEqualTo(200);
            assertThat(SignedJWT.parse(tokens.text("access_token")).getHeader().getKeyID())
                    .isEqualTo(kid);
        }
    }

    @Test
    void whatIsOverIsRemovedAndWhatLivesStays() {
        Client.Answer tokens = client.signIn();
        server.clock.move(Duration.ofDays(2));
        server.identity.removeExpired();

        int codes = server.store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM authorization_codes")
                .mapTo(Integer.class)
                .one());
        assertThat(codes).isZero();
        assertThat(client.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    static java.util.function.Consumer<Client.Answer> refused(String error) {
        return answer -> {
            assertThat(answer.body()).containsEntry("error", error);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
        };
    }

    private static String family(Client.Answer answer) throws java.text.ParseException {
        return SignedJWT.parse(answer.text("access_token")).getJWTClaimsSet().getStringClaim("sid");
    }

    private int liveFamilies() {
        return server.store.read(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM credentials WHERE kind = 'family' AND ended_at IS NULL")
                .mapTo(Integer.class)
                .one());
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        CountDownLatch ready = new CountDownLatch(times);
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Future<T>> calls = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return call.call();
                    }))
                    .toList();
            List<T> answers = new java.util.ArrayList<>();
            for (Future<T> answer : calls) {
                answers.add(answer.get(60, SECONDS));
            }
            return answers;
        }
    }
}
