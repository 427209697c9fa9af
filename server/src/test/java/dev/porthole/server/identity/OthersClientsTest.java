package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.porthole.core.api.OAuthClient;
import dev.porthole.core.api.OAuthConsent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that an administrator registered: they ask, and get what they were allowed. */
class OthersClientsTest {
    private static final String BACK = "https://paint.example:8443/back";

    private TestServer server;
    private OAuthClient paint;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        paint = server.registered("Paint", BACK, "http://127.0.0.1/cb");
        browser = server.browser();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I4, T-I10
    void thePersonIsAskedInWordsAndTheYesIsRemembered() throws Exception {
        Client client = client("openid profile api offline_access");
        HttpResponse<String> question = askedAfterSignIn(client);
        assertThat(question.body())
                .contains("Allow Paint?", "paint.example:8443", "ada", "Know which account", "See your name")
                .contains(
                        "it can't make keys, invite people or administer the server",
                        "Stay signed in while you are away")
                .doesNotContain("<script", "e-mail");
        assertThat(question.headers().firstValue("Content-Security-Policy").orElseThrow())
                .endsWith("form-action 'self' https://paint.example:8443");

        HttpResponse<String> answer = browser.submit(Map.of("decision", "allow"));
        assertThat(Browser.location(answer).toString()).startsWith(BACK + "?");
        assertThat(Browser.parametersOf(answer)).containsOnlyKeys("code", "state", "iss");
        Client.Answer tokens = client.redeem(WebRequest.field(Browser.parametersOf(answer), "code"));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(SignedJWT.parse(tokens.text("id_token")).getJWTClaimsSet().getAudience())
                .containsExactly(paint.id());

        assertThat(Browser.parametersOf(browser.get(client.authorizePath())))
                .as("asked once")
                .containsKey("code");
        assertThat(server.identity.consents().list(server.userId()))
                .extracting(OAuthConsent::name, OAuthConsent::scopes)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "Paint", List.of("api", "offline_access", "openid", "profile")));
        assertThat(server.deeds()).contains(server.userId() + " consent.given " + paint.id() + " 203.0.113.7");
    }

    @Test // T-I4
    void aNoGoesBackAsAccessDeniedWithIssuerAndState() {
        askedAfterSignIn(client("openid"));

        assertThat(Browser.parametersOf(browser.submit(Map.of("decision", "deny"))))
                .containsEntry("error", List.of("access_denied"))
                .containsEntry("state", List.of("st&te =+/%"))
                .containsEntry("iss", List.of("http://localhost:" + server.port));
        assertThat(server.identity.consents().list(server.userId())).isEmpty();
    }

    @Test
    void moreThanWasAllowedIsAskedAgain() {
        allow(client("openid"));

        assertThat(Browser.location(browser.get(client("openid email").authorizePath()))
                        .getPath())
                .isEqualTo("/oauth/consent");
        assertThat(Browser.parametersOf(browser.get(
                        client("openid email").with("prompt", "none").authorizePath())))
                .containsEntry("error", List.of("consent_required"));
        assertThat(Browser.location(browser.get(
                                client("openid").with("prompt", "consent").authorizePath()))
                        .getPath())
                .isEqualTo("/oauth/consent");
    }

    @Test // RFC 8252 section 8.6
    void aProgramOnThisComputerGetsNoCodeWithoutAClickThoughItWasAllowed() {
        allow(client("openid"));
        Client local = client("openid").with("redirect_uri", "http://127.0.0.1:4711/cb");

        assertThat(browser.get(local.authorizePath()).body()).contains("Continue as ada", "to continue to Paint");
        assertThat(Browser.parametersOf(browser.get(local.with("prompt", "none").authorizePath())))
                .containsEntry("error", List.of("interaction_required"));
    }

    @Test // T-I10
    void aConsentFormOfAnotherSiteIsRefused() {
        Client client = client("openid");
        askedAfterSignIn(client);

        assertThat(browser.post("/oauth/consent?" + Browser.form(client.request), Map.of("decision", "allow"))
                        .statusCode())
                .isEqualTo(403);
        browser.extraHeaders.put("Sec-Fetch-Site", "cross-site");
        assertThat(browser.submit(Map.of("decision", "allow")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest // T-I2
    @ValueSource(
            strings = {
                "https://paint.example:8443/back/",
                "https://paint.example:8443/back?x=1",
                "https://paint.example:8443/back#f",
                "https://paint.example:8443/BACK",
                "https://paint.example/back",
                "http://paint.example:8443/back",
                "https://user@paint.example:8443/back",
                "https://paint.example:8443/x/../back",
                "https://paint.example.evil.example:8443/back",
                "http://localhost:1/cb",
                "http://127.0.0.1/cb",
                "http://127.0.0.1:1/cb2",
                "http://127.0.0.1:1/callback",
            })
    void redirectsAreThoseThatWereRegisteredAndOthersGetAPage(String redirect) {
        HttpResponse<String> answer =
                browser.get(client("openid").with("redirect_uri", redirect).authorizePath());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest // T-I2
    @ValueSource(
            strings = {
                "http://localhost/cb",
                "http://example.com/cb",
                "custom://cb",
                "https://user@example.com/cb",
                "https://example.com/cb?x=1",
                "https://example.com/cb#f",
                "https://example.com/a/../cb",
                "https:///cb",
                "https://exa mple.com/cb",
                "javascript:alert(1)",
                "http://127.0.0.2/cb",
                "",
            })
    void redirectsThatAreNoGoodCantBeRegistered(String redirect) {
        assertThat(OAuthClients.faultOf(redirect)).contains("expected: https://");
        assertThat(OAuthClients.faultOf("https://example.com/cb")).isNull();
        assertThat(OAuthClients.faultOf("http://[::1]:99/")).isNull();
    }

    @Test // T-I6
    void withoutTheApiScopeATokenSaysWhoSomeoneIsAndNothingElse() {
        Client.Answer identity = allow(client("openid profile"));
        Client.Answer api = allow(client("openid api"));

        assertThat(server.authenticate(identity.text("access_token"))).isEmpty();
        assertThat(server.authenticate(api.text("access_token")))
                .get()
                .isInstanceOfSatisfying(
                        Principal.UserPrincipal.class,
                        user -> assertThat(user.isApp()).isTrue());
        Client.Answer info = userInfo("Bearer " + identity.text("access_token"));
        assertThat(info.body())
                .containsEntry("sub", server.userId())
                .containsEntry("name", "ada")
                .doesNotContainKey("email");
        assertThat(identity.body()).as("offline_access was not asked for").doesNotContainKey("refresh_token");
    }

    @Test // T-I6 (RFC 6750 section 3)
    void userInfoRefusesWithAChallenge() {
        Client.Answer none = userInfo("Basic abc");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.response().headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        Client.Answer bad = userInfo("Bearer a.b.c");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.response().headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_token\"");
        Client.Answer unscoped = userInfo("Bearer " + allow(client("api")).text("access_token"));
        assertThat(unscoped.status()).isEqualTo(403);
        assertThat(unscoped.response().headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"");
    }

    @Test // T-I8
    void takingTheConsentBackEndsWhatTheProgramHas() throws Exception {
        Client.Answer tokens = allow(client("openid api offline_access"));
        Client.Answer ours = server.client().signIn();

        assertThat(server.store.<Boolean>write(
                        handle -> server.identity.consents().revoke(handle, server.userId(), paint.id())))
                .isTrue();

        assertThat(server.ended.poll(10, SECONDS)).startsWith("app_");
        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
        assertThat(client("openid").refresh(tokens.text("refresh_token")))
                .satisfies(TokenTest.refused("invalid_grant"));
        assertThat(server.authenticate(ours.text("access_token"))).isPresent();
        assertThat(server.ended).isEmpty();
        assertThat(Browser.location(browser.get(client("openid").authorizePath()))
                        .getPath())
                .isEqualTo("/oauth/consent");
    }

    @Test // T-I8
    void removingTheProgramEndsWhatItHas() throws Exception {
        Client.Answer tokens = allow(client("openid api offline_access"));

        assertThat(server.store.<Boolean>write(
                        handle -> server.identity.clients().remove(handle, paint.id())))
                .isTrue();

        assertThat(server.ended.poll(10, SECONDS)).startsWith("app_");
        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
        assertThat(client("openid").refresh(tokens.text("refresh_token")).body())
                .containsEntry("error", "invalid_client");
        assertThat(browser.get(client("openid").authorizePath()).statusCode()).isEqualTo(400);
    }

    @Test // T-I5, T-I8
    void aClientCantUseOrRevokeAnothersTokens() {
        Client.Answer tokens = allow(client("openid api offline_access"));
        Client ours = server.client();

        assertThat(ours.refresh(tokens.text("refresh_token"))).satisfies(TokenTest.refused("invalid_grant"));
        assertThat(ours.revoke(tokens.text("access_token")).status()).isEqualTo(200);
        assertThat(ours.revoke(tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(server.authenticate(tokens.text("access_token"))).isPresent();
        assertThat(client("openid").revoke(tokens.text("access_token")).status())
                .isEqualTo(200);
        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
    }

    @Test // T-I7
    void aDeviceOfAnotherProgramShowsWhatItMayAndIsRemembered() {
        Client client = client("openid");
        Client.Answer device = client.device();
        browser.get("/sign-in");
        browser.submitSignIn();
        browser.get("/device");
        assertThat(browser.submit(Map.of("user_code", device.text("user_code"))).body())
                .contains("Paint", "Know which account", "Stay signed in while you are away");
        browser.submit(Map.of("user_code", device.text("user_code"), "decision", "allow"));

        assertThat(client.poll(device).status()).isEqualTo(200);
        assertThat(server.identity.consents().list(server.userId())).hasSize(1);
    }

    private Client client(String scope) {
        return server.client()
                .with("client_id", paint.id())
                .with("redirect_uri", BACK)
                .with("scope", scope);
    }

    /** Signs in for a request, and gives the page that asks. */
    private HttpResponse<String> askedAfterSignIn(Client client) {
        browser.get(client.authorizePath());
        HttpResponse<String> signedIn = browser.submitSignIn();
        assertThat(Browser.location(signedIn).getPath()).isEqualTo("/oauth/consent");
        return browser.get("/oauth/consent?" + Browser.location(signedIn).getRawQuery());
    }

    /** Signs in, says yes and redeems the code. */
    private Client.Answer allow(Client client) {
        browser.cookies.clear();
        browser.get(client.with("prompt", "consent").authorizePath());
        HttpResponse<String> signedIn = browser.submitSignIn();
        browser.get("/oauth/consent?" + Browser.location(signedIn).getRawQuery());
        Map<String, List<String>> answer = Browser.parametersOf(browser.submit(Map.of("decision", "allow")));
        return client.redeem(WebRequest.field(answer, "code"));
    }

    private Client.Answer userInfo(String authorization) {
        return server.client().post("/oauth/userinfo", Map.of(), Map.of("Authorization", authorization));
    }
}
