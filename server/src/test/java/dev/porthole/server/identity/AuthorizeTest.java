package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeTest {
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I4
    void stateComesBackUntouchedWithTheIssuerBesideTheCode() {
        Map<String, List<String>> answer = server.browser().authorize(server.client());

        assertThat(answer).containsOnlyKeys("code", "state", "iss");
        assertThat(answer.get("state")).containsExactly("st&te =+/%");
        assertThat(answer.get("iss")).containsExactly("http://localhost:" + server.port);
    }

    @Test // T-I4
    void errorsCarryStateAndIssuerToo() {
        Browser browser = server.browser();
        HttpResponse<String> answer =
                browser.get(server.client().with("prompt", "none").authorizePath());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer).toString()).startsWith(Client.REDIRECT + "?");
        assertThat(Browser.parametersOf(answer))
                .containsEntry("error", List.of("login_required"))
                .containsEntry("state", List.of("st&te =+/%"))
                .containsEntry("iss", List.of("http://localhost:" + server.port));
    }

    @ParameterizedTest // T-I2
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/callback",
                "http://127.0.0.1:65535/callback",
                "http://[::1]:53412/callback",
            })
    void loopbackLiteralsWithAnyPortAreTaken(String redirect) {
        Client client = server.client().with("redirect_uri", redirect);
        Browser browser = server.browser();
        browser.get(client.authorizePath());
        HttpResponse<String> answer = browser.submitSignIn();

        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(redirect + "?");
    }

    @ParameterizedTest // T-I2, T-I10
    @ValueSource(
            strings = {
                "http://localhost:53412/callback",
                "http://127.0.0.1/callback",
                "http://127.0.0.1:0/callback",
                "http://127.0.0.1:65536/callback",
                "http://127.0.0.1:53412/callback/",
                "http://127.0.0.1:53412/Callback",
                "http://127.0.0.1:53412/other",
                "http://127.0.0.1:53412/callback?a=b",
                "http://127.0.0.1:53412/callback#part",
                "http://127.0.0.1:53412/%63allback",
                "http://127.0.0.1:53412/x/../callback",
                "http://user@127.0.0.1:53412/callback",
                "http://127.0.0.1:53412@evil.example/callback",
                "http://127.0.0.1.evil.example:53412/callback",
                "http://127.0.0.2:53412/callback",
                "http://127.1:53412/callback",
                "http://2130706433:53412/callback",
                "http://[::ffff:127.0.0.1]:53412/callback",
                "http://[::1%25lo]:53412/callback",
                "https://127.0.0.1:53412/callback",
                "https://evil.example/callback",
                "porthole://callback",
                "javascript:alert(1)",
                "//127.0.0.1:53412/callback",
                " http://127.0.0.1:53412/callback",
                "http://127.0.0.1:53412/callback\n",
            })
    void otherRedirectsAreRefusedWithAPage(String redirect) {
        HttpResponse<String> answer = server.browser()
                .get(server.client().with("redirect_uri", redirect).authorizePath());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).contains("can't sign in here");
    }

    @Test // T-I2
    void missingOrRepeatedRedirectOrClientIsRefusedWithAPage() {
        Browser browser = server.browser();
        String fine = server.client().authorizePath();
        List<String> wrong = List.of(
                server.client().without("redirect_uri").authorizePath(),
                fine + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcallback",
                server.client().without("client_id").authorizePath(),
                fine + "&client_id=porthole-desktop",
                server.client().with("client_id", "<script>alert(1)</script>").authorizePath());

        assertThat(wrong).allSatisfy(path -> {
            HttpResponse<String> answer = browser.get(path);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.body()).doesNotContain("<script");
        });
    }

    @ParameterizedTest // T-I1
    @CsvSource({
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, S512, invalid_request",
        "code_challenge_method, '', invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, fragment, invalid_request",
        "response_mode, form_post, invalid_request",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, https://evil.example/r, request_uri_not_supported",
    })
    void wrongRequestsOfOurClientAreToldToIt(String parameter, String value, String error) {
        Client client = value.isEmpty()
                ? server.client().without(parameter)
                : server.client().with(parameter, value);
        HttpResponse<String> answer = server.browser().get(client.authorizePath());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer).toString()).startsWith(Client.REDIRECT + "?");
        assertThat(Browser.parametersOf(answer))
                .containsEntry("error", List.of(error))
                .containsKey("iss");
    }

    @Test // T-I1 (RFC 6749 section 3.1)
    void repeatedParametersAreRefused() {
        HttpResponse<String> answer = server.browser().get(server.client().authorizePath() + "&scope=openid&nonce=2");

        assertThat(Browser.parametersOf(answer)).containsEntry("error", List.of("invalid_request"));
    }

    @Test
    void aSignedInBrowserGetsItsCodeWithoutAQuestion() {
        Browser browser = server.browser();
        browser.authorize(server.client());

        assertThat(Browser.parametersOf(browser.get(server.client().authorizePath())))
                .containsKey("code");
        assertThat(Browser.parametersOf(
                        browser.get(server.client().with("prompt", "none").authorizePath())))
                .containsKey("code");
    }

    @Test // RFC 8252 section 8.6
    void anotherSiteCantFetchACodeWithoutAClick() {
        Browser browser = server.browser();
        browser.authorize(server.client());
        browser.extraHeaders.put("Sec-Fetch-Site", "cross-site");

        assertThat(browser.get(server.client().authorizePath()).body()).contains("Continue as ada");
        assertThat(Browser.parametersOf(
                        browser.get(server.client().with("prompt", "none").authorizePath())))
                .containsEntry("error", List.of("interaction_required"));
    }

    @Test
    void selectAccountShowsTheAccountAndContinuesWithIt() {
        Browser browser = server.browser();
        browser.authorize(server.client());
        Client client = server.client().with("prompt", "select_account");

        HttpResponse<String> chooser = browser.get(client.authorizePath());
        assertThat(chooser.statusCode()).isEqualTo(200);
        assertThat(chooser.body()).contains("Continue as ada", "Use another account", "prompt=login");

        Map<String, List<String>> answer = Browser.parametersOf(browser.submit(Map.of()));
        assertThat(client.redeem(WebRequest.field(answer, "code")).status()).isEqualTo(200);
    }

    @Test
    void loginAsksForThePasswordAgain() {
        Browser browser = server.browser();
        browser.authorize(server.client());
        Client client = server.client().with("prompt", "login");

        assertThat(browser.get(client.authorizePath()).body()).contains("id=\"password\"");
        assertThat(Browser.parametersOf(browser.submitSignIn())).containsKey("code");
    }

    @Test
    void anOldSignInIsNotEnoughForMaxAge() {
        Browser browser = server.browser();
        browser.authorize(server.client());
        server.clock.move(Duration.ofSeconds(61));

        assertThat(browser.get(server.client().with("max_age", "60").authorizePath())
                        .body())
                .contains("id=\"password\"");
        assertThat(browser.get(server.client().with("max_age", "62").authorizePath())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test // OpenID Connect Core 3.1.2.1
    void theRequestMayComeInAForm() {
        Browser browser = server.browser();
        Client client = server.client();

        assertThat(browser.post("/oauth/authorize", client.request).body()).contains("id=\"password\"");
        assertThat(Browser.parametersOf(browser.submitSignIn())).containsKey("code");
    }

    @Test // T-I11
    void discoveryDescribesWhatIsThere() {
        Client client = server.client();
        Client.Answer openid = client.get("/.well-known/openid-configuration");
        String issuer = "http://localhost:" + server.port;

        assertThat(openid.status()).isEqualTo(200);
        assertThat(openid.body())
                .containsEntry("issuer", issuer)
                .containsEntry("token_endpoint", issuer + "/oauth/token")
                .containsEntry("revocation_endpoint", issuer + "/oauth/revoke")
                .containsEntry("jwks_uri", issuer + "/oauth/jwks")
                .containsEntry(
                        "authorization_endpoint", "http://porthole.localhost:" + server.port + "/oauth/authorize")
                .containsEntry("code_challenge_methods_supported", List.of("S256"))
                .containsEntry("token_endpoint_auth_methods_supported", List.of("none"))
                .containsEntry("authorization_response_iss_parameter_supported", true);
        assertThat(client.get("/.well-known/oauth-authorization-server").body()).isEqualTo(openid.body());
    }
}
