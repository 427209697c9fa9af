package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.porthole.core.api.OAuthClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceGrantTest {
    private TestServer server;
    private Client client;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        client = server.client();
        browser = server.browser();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I7
    void aDeviceIsLetInByWhoeverIsSignedIn() throws Exception {
        Client.Answer device = client.device();
        assertThat(device.status()).isEqualTo(200);
        assertThat(device.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(device.body())
                .containsEntry("verification_uri", "http://porthole.localhost:" + server.port + "/device")
                .containsEntry("expires_in", 600L)
                .containsEntry("interval", 5L);
        assertThat(device.text("user_code")).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(client.poll(device)).satisfies(TokenTest.refused("authorization_pending"));

        signIn();
        browser.get("/device");
        browser.submit(Map.of("user_code", device.text("user_code").toLowerCase(java.util.Locale.ROOT)));
        assertThat(decide("allow", device).body()).contains("The device is signed in");

        Client.Answer tokens = client.poll(device);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(server.authenticate(tokens.text("access_token"))).isPresent();
        assertThat(SignedJWT.parse(tokens.text("id_token")).getJWTClaimsSet().getSubject())
                .isEqualTo(server.userId());
        assertThat(client.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test // T-I7
    void thePageShowsWhoAsksFromWhereAndWarns() {
        Client.Answer device = client.post(
                "/oauth/device", Map.of("client_id", "porthole-desktop"), Map.of("X-Forwarded-For", "198.51.100.9"));
        signIn();

        String page = browser.get(complete(device)).body();

        assertThat(page)
                .contains(device.text("user_code"), "Porthole (app or command line)", "198.51.100.9", "203.0.113.7")
                .contains("22 November 2026, 10:00 UTC", "act as ada")
                .contains("it is a trick to get into your account")
                .doesNotContain("<script");
    }

    @Test // T-I7
    void theLinkOfTheDeviceLeadsThroughTheSignInAndBack() {
        Client.Answer device = client.device();

        URI signIn = Browser.location(browser.get(complete(device)));
        assertThat(signIn.getPath()).isEqualTo("/sign-in");
        browser.get(signIn.getPath() + "?" + signIn.getRawQuery());
        URI back = Browser.location(browser.submitSignIn());

        assertThat(back.getPath() + "?" + back.getQuery()).isEqualTo(complete(device));
        assertThat(browser.get(complete(device)).body()).contains("Sign in this device?");
    }

    @Test // T-I7
    void aNoIsHeardAndTheCodeIsSpent() {
        Client.Answer device = client.device();
        signIn();
        browser.get(complete(device));
        assertThat(decide("deny", device).body()).contains("was not signed in");

        assertThat(client.poll(device)).satisfies(TokenTest.refused("access_denied"));
        browser.get("/device");
        assertThat(browser.submit(Map.of("user_code", device.text("user_code"))).statusCode())
                .isEqualTo(422);
    }

    @Test // T-I7, B-D13
    void whoLetADeviceInOrNotIsInTheAuditTrail() {
        approve(client.device());
        Client.Answer other = client.device();
        browser.get(complete(other));
        decide("deny", other);

        assertThat(server.deeds())
                .contains(
                        server.userId() + " device.allowed porthole-desktop 203.0.113.7",
                        server.userId() + " device.denied porthole-desktop 203.0.113.7");
    }

    @Test // T-I7
    void whoAsksTooOftenIsSlowedDownForGood() {
        Client.Answer device = client.device();
        assertThat(client.poll(device)).satisfies(TokenTest.refused("authorization_pending"));
        assertThat(client.poll(device)).satisfies(TokenTest.refused("slow_down"));
        // Ten seconds from now on, and fifteen after one more.
        server.clock.move(Duration.ofSeconds(9));
        assertThat(client.poll(device)).satisfies(TokenTest.refused("slow_down"));
        server.clock.move(Duration.ofSeconds(14));
        assertThat(client.poll(device)).satisfies(TokenTest.refused("slow_down"));
        server.clock.move(Duration.ofSeconds(20));
        assertThat(client.poll(device)).satisfies(TokenTest.refused("authorization_pending"));
        server.clock.move(Duration.ofSeconds(20));
        assertThat(client.poll(device)).satisfies(TokenTest.refused("authorization_pending"));
        server.clock.move(Duration.ofSeconds(19));
        assertThat(client.poll(device)).satisfies(TokenTest.refused("slow_down"));
    }

    @Test // T-I7
    void anAnswerIsGivenWhoeverAsksTooOften() {
        Client.Answer device = client.device();
        client.poll(device);
        approve(device);

        assertThat(client.poll(device).status()).isEqualTo(200);
    }

    @Test // T-I7
    void codesEndAfterTenMinutesAskedOrNot() {
        Client.Answer unanswered = client.device();
        Client.Answer unfetched = client.device();
        approve(unfetched);
        server.clock.move(DeviceCodes.LIFETIME);

        assertThat(client.poll(unanswered)).satisfies(TokenTest.refused("expired_token"));
        assertThat(client.poll(unfetched)).satisfies(TokenTest.refused("expired_token"));
        assertThat(browser.get(complete(unanswered)).statusCode()).isEqualTo(422);
        server.clock.move(Duration.ofDays(2));
        server.identity.removeExpired();
        assertThat(client.poll(unanswered)).satisfies(TokenTest.refused("invalid_grant"));
    }

    @Test // T-I3, T-I7
    void aSecondUseRevokesWhatTheFirstGave() throws Exception {
        Client.Answer device = client.device();
        approve(device);
        Client.Answer tokens = client.poll(device);

        assertThat(client.poll(device)).satisfies(TokenTest.refused("invalid_grant"));

        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
        assertThat(server.ended.poll(10, SECONDS)).startsWith("fam_");
    }

    @Test // T-I5, T-I7
    void parallelQuestionsNeverGiveTwoFamilies() throws Exception {
        Client.Answer device = client.device();
        approve(device);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            int good = 0;
            for (Future<Client.Answer> answer : threads.invokeAll(
                    Stream.generate(() -> (java.util.concurrent.Callable<Client.Answer>) () -> client.poll(device))
                            .limit(8)
                            .toList())) {
                good += answer.get(60, SECONDS).status() == 200 ? 1 : 0;
            }
            assertThat(good).isEqualTo(1);
        }
    }

    @Test // T-I7
    void anotherClientsCodeIsWorthNothing() {
        OAuthClient other = server.registered("Paint", "https://paint.example/back");
        Client.Answer device = client.device();
        approve(device);

        assertThat(server.client().with("client_id", other.id()).poll(device))
                .satisfies(TokenTest.refused("invalid_grant"));
        assertThat(client.poll(device).status()).isEqualTo(200);
    }

    @Test // T-I7
    void wrongCodesAreThrottledPerPerson() {
        signIn();
        for (int i = 0; i < 10; i++) {
            browser.address = "198.51.100." + i;
            browser.get("/device");
            assertThat(browser.submit(Map.of("user_code", "BCDF-GHJK")).statusCode())
                    .isEqualTo(422);
        }
        browser.address = "198.51.100.99";
        browser.get("/device");
        HttpResponse<String> throttled =
                browser.submit(Map.of("user_code", client.device().text("user_code")));
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("60");
        assertThat(browser.get("/device?user_code=BCDF-GHJK").statusCode()).isEqualTo(429);

        server.clock.move(Duration.ofMinutes(1));
        browser.get("/device");
        assertThat(browser.submit(Map.of("user_code", client.device().text("user_code")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test // T-I7
    void rightAndImpossibleCodesAreNoGuesses() {
        signIn();
        for (int i = 0; i < 15; i++) {
            browser.get("/device");
            assertThat(browser.submit(Map.of("user_code", "AEIO-UY01")).statusCode())
                    .isEqualTo(422);
            assertThat(browser.get(complete(client.device())).statusCode()).isEqualTo(200);
        }
    }

    @Test // T-I7, T-I10
    void formsOfOthersDecideNothing() {
        Client.Answer device = client.device();
        signIn();
        browser.get(complete(device));

        assertThat(browser.post("/device/decide", Map.of("user_code", device.text("user_code"), "decision", "allow"))
                        .statusCode())
                .isEqualTo(403);
        browser.extraHeaders.put("Sec-Fetch-Site", "cross-site");
        assertThat(decide("allow", device).statusCode()).isEqualTo(403);
        assertThat(client.poll(device)).satisfies(TokenTest.refused("authorization_pending"));
    }

    @Test // T-I7, T-I3
    void neitherCodeIsStoredAndTheShortOneNotAsAPlainHash() {
        Client.Answer device = client.device();
        String letters = device.text("user_code").replace("-", "");

        assertThat(server.stores(device.text("device_code"))).isFalse();
        assertThat(server.stores(device.text("user_code"))).isFalse();
        assertThat(server.stores(letters)).isFalse();
        assertThat(server.stores(OpaqueToken.hash(letters))).isFalse();
        assertThat(server.stores(OpaqueToken.hash(device.text("device_code")))).isTrue();
    }

    @Test // T-I7
    void oneAddressCantFillTheTable() {
        for (int i = 0; i < DeviceCodes.MOST_OF_AN_ADDRESS; i++) {
            assertThat(client.device().status()).isEqualTo(200);
        }
        Client.Answer refused = client.device();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).containsEntry("error", "temporarily_unavailable");
        assertThat(refused.response().headers().firstValue("Retry-After")).contains("60");
    }

    @Test // T-I7 (RFC 8628 section 6.1)
    void userCodesAreOfConsonantsAndAllOfThemComeUp() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String shown = UserCode.next().shown();
            assertThat(UserCode.typed(
                            " " + shown.toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
                    .map(UserCode::shown)
                    .contains(shown);
            shown.replace("-", "").chars().forEach(seen::add);
        }
        assertThat(seen).hasSize(UserCode.ALPHABET.length());
        assertThat(UserCode.ALPHABET).hasSize(20).doesNotContain("A", "E", "I", "O", "U", "Y", "0", "1");
    }

    private void signIn() {
        browser.get("/sign-in");
        browser.submitSignIn();
    }

    private void approve(Client.Answer device) {
        signIn();
        browser.get(complete(device));
        assertThat(decide("allow", device).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> decide(String decision, Client.Answer device) {
        return browser.submit(Map.of("user_code", device.text("user_code"), "decision", decision));
    }

    private static String complete(Client.Answer device) {
        URI link = URI.create(device.text("verification_uri_complete"));
        return link.getPath() + "?" + link.getQuery();
    }
}
