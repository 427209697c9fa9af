package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.porthole.core.api.Login;
import dev.porthole.core.api.User;
import dev.porthole.server.config.SignInSettings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderSignInTest {
    @TempDir
    private Path folders;

    private FakeGithub github;
    private FakeGitlab gitlab;
    private TestServer server;
    private int made;

    @BeforeEach
    void start() throws Exception {
        github = new FakeGithub();
        gitlab = new FakeGitlab();
        server = TestServer.started(
                Files.createDirectory(folders.resolve("first")),
                new SignInSettings(
                        SignInSettings.DEFAULT.sessionIdle(),
                        SignInSettings.DEFAULT.sessionLifetime(),
                        List.of(
                                github.settings("login:OCTOCAT"),
                                gitlab.settings(Set.of("42"), Set.of("@gitlab.example")))));
    }

    @AfterEach
    void stop() {
        server.close();
        github.close();
        gitlab.close();
    }

    @Test // B-D3
    void theSignInPageHasAButtonForEachProvider() {
        assertThat(server.browser().get("/sign-in").body())
                .contains("Continue with GitHub", "href=\"/sign-in/with/github\"", "Continue with GitLab");
    }

    @Test // B-D3
    void githubSignsInWhomItsUserApiSays() throws Exception {
        HttpResponse<String> answer = signIn(server.browser(), "github");

        assertThat(Browser.location(answer)).isEqualTo(server.addresses.page("/"));
        User made = user();
        assertThat(made.name()).isEqualTo("The Octocat");
        assertThat(made.email()).isEqualTo("octocat@example.com");
        assertThat(made.administrator()).isFalse();
        assertThat(server.stores("583231")).isTrue();
    }

    @Test // B-D3
    void gitlabSignsInWhomItsIdTokenSays() throws Exception {
        assertThat(signIn(server.browser(), "gitlab").statusCode()).isEqualTo(303);

        User made = user();
        assertThat(made.name()).isEqualTo("Ada L");
        assertThat(made.administrator()).as("42 is one by configuration").isTrue();
    }

    @Test // B-D3
    void aPersonIsTheProvidersIdWhateverNameAndAddressBecome() throws Exception {
        signIn(server.browser(), "github");
        String first = user().id();
        github.user = "{\"id\":583231,\"login\":\"octocat\",\"name\":\"Renamed\",\"email\":null}";
        github.emails = "[]";
        signIn(server.browser(), "github");

        User again = user();
        assertThat(again.id()).isEqualTo(first);
        assertThat(again.name()).isEqualTo("Renamed");

        github.user = "{\"id\":7,\"login\":\"octocat\",\"name\":\"Renamed\",\"email\":null}";
        signIn(server.browser(), "github");
        assertThat(user().id()).as("the login has a new owner").isNotEqualTo(first);
    }

    @Test // B-D3
    void theAppsRequestIsKeptOnTheWayToTheProviderAndBack() {
        Client client = server.client();
        Browser browser = server.browser();
        HttpResponse<String> page = browser.get(client.authorizePath());
        String button = page.body().replaceAll("(?s).*href=\"(/sign-in/with/github[^\"]+)\".*", "$1");
        URI back = github.consent(Browser.location(browser.get(button.replace("&amp;", "&"))));

        Map<String, List<String>> answer = Browser.parametersOf(browser.get(pathOf(back)));

        assertThat(WebRequest.field(answer, "state")).isEqualTo("st&te =+/%");
        assertThat(client.redeem(WebRequest.field(answer, "code")).status()).isEqualTo(200);
    }

    @Test // B-D3, T-I10
    void aStateWorksOnceForOneBrowserAndForTenMinutes() {
        Browser browser = server.browser();
        URI back = begin(browser, "github");
        Browser other = server.browser();
        other.get("/sign-in");
        assertThat(other.get(pathOf(back)).statusCode()).as("another browser").isEqualTo(400);
        assertThat(browser.get(pathOf(back)).statusCode())
                .as("spent by the other")
                .isEqualTo(400);

        back = begin(browser, "github");
        assertThat(browser.get(pathOf(back)).statusCode()).isEqualTo(303);
        assertThat(browser.get(pathOf(back)).statusCode()).as("again").isEqualTo(400);

        back = begin(browser, "github");
        server.clock.move(ProviderAttempts.LIFETIME);
        assertThat(browser.get(pathOf(back)).statusCode()).as("too late").isEqualTo(400);

        back = begin(browser, "github");
        assertThat(browser.get(pathOf(back).replace("/from/github", "/from/gitlab"))
                        .statusCode())
                .as("another provider")
                .isEqualTo(400);
        assertThat(browser.get("/sign-in/from/github?code=x&state=made-up").statusCode())
                .isEqualTo(400);
    }

    @Test // T-I3
    void neitherStateNorVerifierNorNonceIsKept() {
        Browser browser = server.browser();
        URI authorization = Browser.location(browser.get("/sign-in/with/gitlab"));
        Map<String, List<String>> sent =
                com.nimbusds.oauth2.sdk.util.URLUtils.parseParameters(authorization.getRawQuery());

        assertThat(WebRequest.field(sent, "code_challenge_method")).isEqualTo("S256");
        assertThat(WebRequest.field(sent, "redirect_uri")).isEqualTo(server.addresses.pages() + "/sign-in/from/gitlab");
        for (String secret : List.of("state", "nonce")) {
            assertThat(WebRequest.field(sent, secret)).hasSize(43);
            assertThat(server.stores(WebRequest.field(sent, secret))).as(secret).isFalse();
        }
    }

    @Test // T-I4
    void anIdTokenThatIsNotForUsIsRefused() {
        Map<String, Runnable> faults = Map.of(
                "nonce", () -> gitlab.change = claims -> claims.claim("nonce", "another"),
                "audience", () -> gitlab.change = claims -> claims.audience("somebody-else"),
                "issuer", () -> gitlab.change = claims -> claims.issuer("https://evil.example"),
                "expiry",
                        () -> gitlab.change = claims ->
                                claims.expirationTime(Date.from(Instant.now().minusSeconds(300))),
                "key", () -> gitlab.key = FakeGitlab.newKey("first"),
                "algorithm", () -> gitlab.algorithm = JWSAlgorithm.HS256,
                "somebody else in user info",
                        () -> gitlab.userInfo = gitlab.userInfo.replace("\"sub\":\"42\"", "\"sub\":\"43\""));
        faults.forEach((fault, makeIt) -> {
            gitlab.close();
            gitlab = new FakeGitlab();
            makeIt.run();
            try (TestServer fresh = serverWith(gitlab)) {
                Browser browser = fresh.browser();
                URI back = gitlab.consent(Browser.location(browser.get("/sign-in/with/gitlab")));
                HttpResponse<String> answer = browser.get(pathOf(back));
                assertThat(answer.statusCode()).as(fault).isEqualTo(502);
                assertThat(answer.body()).as(fault).contains("GitLab can", "be used now");
                assertThat(browser.cookies).as(fault).doesNotContainKey("porthole_session");
                assertThat(fresh.signedIn).isEmpty();
            }
        });
    }

    private TestServer serverWith(FakeGitlab provider) {
        try {
            return TestServer.started(
                    Files.createDirectory(folders.resolve("server" + made++)),
                    new SignInSettings(
                            Duration.ofHours(1),
                            Duration.ofHours(2),
                            List.of(provider.settings(Set.of(), Set.of("*")))));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test // T-I4
    void theIssuerOfTheAnswerIsChecked() {
        Browser browser = server.browser();
        URI back = begin(browser, "gitlab");
        assertThat(browser.get(pathOf(back) + "&iss=https%3A%2F%2Fevil.example").statusCode())
                .isEqualTo(502);
        back = begin(browser, "gitlab");
        assertThat(browser.get(pathOf(back) + "&iss="
                                + java.net.URLEncoder.encode(gitlab.base, java.nio.charset.StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test // T-I4
    void aProviderThatPromisesItsIssuerMustSendIt() {
        gitlab.promisesIssuer = true;
        Browser browser = server.browser();

        assertThat(browser.get(pathOf(begin(browser, "gitlab"))).body()).contains("iss: missing");
    }

    @Test // T-I4
    void discoveryOfAnotherIssuerIsRefused() {
        gitlab.instead.put("/.well-known/openid-configuration", """
                {"issuer":"https://evil.example","authorization_endpoint":"https://evil.example/a",
                "token_endpoint":"https://evil.example/t","jwks_uri":"https://evil.example/k",
                "subject_types_supported":["public"],"response_types_supported":["code"],
                "id_token_signing_alg_values_supported":["RS256"]}
                """);
        HttpResponse<String> answer = server.browser().get("/sign-in/with/gitlab");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("issuer: https://evil.example");
    }

    @Test // B-D3
    void aNewKeyOfTheProviderIsFetchedAndMadeUpOnesCauseNoFlood() {
        signIn(server.browser(), "gitlab");
        gitlab.key = FakeGitlab.newKey("second");
        gitlab.publishedKey = gitlab.key;
        server.clock.move(Duration.ofSeconds(10));
        assertThat(signIn(server.browser(), "gitlab").statusCode()).isEqualTo(303);
        assertThat(gitlab.keysAsked).hasValue(2);

        gitlab.key = FakeGitlab.newKey("made up");
        for (int i = 0; i < 3; i++) {
            assertThat(signIn(server.browser(), "gitlab").statusCode()).isEqualTo(502);
        }
        assertThat(gitlab.keysAsked).hasValue(2);
    }

    @Test // B-D3
    void whatTheProviderSaysIsWrongIsSaidOnAPage() {
        Browser browser = server.browser();
        URI back = begin(browser, "github");
        HttpResponse<String> denied = browser.get("/sign-in/from/github?error=access_denied&error_description="
                + "The+user+%3Cb%3Edenied%3C%2Fb%3E&state="
                + WebRequest.field(com.nimbusds.oauth2.sdk.util.URLUtils.parseParameters(back.getRawQuery()), "state"));

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body())
                .contains("GitHub did not sign you in", "access_denied", "&lt;b&gt;denied")
                .doesNotContain("<b>");

        URI wrong = begin(browser, "github");
        HttpResponse<String> refused = browser.get(pathOf(wrong).replaceFirst("code=[^&]+", "code=made-up"));
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("bad_verification_code").doesNotContain(FakeProvider.SECRET);
    }

    @Test // B-D3
    void oddAnswersOfAProviderAreNoSignIn() {
        for (String odd : List.of("not json", "{}", "{\"id\":\"583231\",\"login\":\"octocat\"}", "[]")) {
            github.instead.put("/api/v3/user", odd);
            assertThat(signIn(server.browser(), "github").statusCode()).as(odd).isEqualTo(502);
        }
        github.instead.put("/api/v3/user", "{\"id\":1,\"login\":\"" + "a".repeat(300_000) + "\"}");
        assertThat(signIn(server.browser(), "github").statusCode()).isEqualTo(502);
        assertThat(server.signedIn).isEmpty();
    }

    @Test // B-D3
    void onlyThoseWhoAreAllowedComeIn() {
        github.user = "{\"id\":1,\"login\":\"stranger\",\"name\":\"\",\"email\":\"octocat@example.com\"}";
        HttpResponse<String> answer = signIn(server.browser(), "github");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("sign in here yet", "stranger of GitHub, id 1");
        assertThat(server.signedIn).isEmpty();
    }

    @Test // B-D3
    void aDeactivatedPersonDoesNotComeIn() throws Exception {
        signIn(server.browser(), "github");
        String id = user().id();
        server.store.writeOnly(handle -> handle.execute("UPDATE users SET active = FALSE WHERE id = ?", id));

        assertThat(signIn(server.browser(), "github").statusCode()).isEqualTo(403);
    }

    @Test // B-D3
    void theSameAddressIsNoSameAccount() throws Exception {
        server.store.writeOnly(handle ->
                handle.execute("UPDATE users SET email = 'octocat@example.com' WHERE id = ?", server.userId()));
        signIn(server.browser(), "github");

        assertThat(user().id()).isNotEqualTo(server.userId());
    }

    @Test // B-D3
    void whoIsSignedInLinksASignInOnPurpose() throws Exception {
        github.user = "{\"id\":99,\"login\":\"not-allowed-alone\",\"name\":\"Ada\",\"email\":null}";
        Browser browser = signedIn();
        assertThat(browser.get("/sign-in/link/github").body()).contains("signs in here as ada");
        HttpResponse<String> onward = browser.submit(Map.of());
        assertThat(onward.statusCode()).isEqualTo(200);
        URI authorization =
                URI.create(onward.headers().firstValue("Refresh").orElseThrow().replaceFirst("0; url=", ""));

        HttpResponse<String> linked = browser.get(pathOf(github.consent(authorization)));

        assertThat(linked.statusCode()).isEqualTo(303);
        server.signedIn.clear();
        assertThat(signIn(server.browser(), "github").statusCode()).isEqualTo(303);
        assertThat(user().id()).isEqualTo(server.userId());
        List<Login> logins = server.identity.ownAccount().logins(person());
        assertThat(logins).extracting(Login::provider).containsExactly("local", "github");
        assertThat(logins.get(1).lastUsedAt()).isNotNull();
    }

    @Test // B-D3
    void aLinkGoesToTheBrowserAndAccountThatAskedAlone() {
        Browser browser = signedIn();
        URI back = beginLink(browser);
        browser.get("/");
        browser.submit(Map.of());
        HttpResponse<String> signedOut = browser.get(pathOf(back));
        assertThat(signedOut.statusCode()).isIn(400, 403);
        assertThat(server.identity.ownAccount().logins(person())).hasSize(1);

        Browser stranger = server.browser();
        assertThat(stranger.post("/sign-in/link/github", Map.of()).statusCode()).isEqualTo(403);
        assertThat(Browser.location(stranger.get("/sign-in/link/github")).getPath())
                .isEqualTo("/sign-in");
    }

    @Test // B-D3
    void whatSignsInToAnotherAccountIsNotLinked() {
        signIn(server.browser(), "github");
        Browser browser = signedIn();
        HttpResponse<String> answer = browser.get(pathOf(beginLink(browser)));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(server.identity.ownAccount().logins(person())).hasSize(1);
    }

    @Test // B-D3
    void unlinkingTakesTheWayInAway() throws Exception {
        github.user = "{\"id\":99,\"login\":\"not-allowed-alone\",\"name\":\"Ada\",\"email\":null}";
        Browser browser = signedIn();
        browser.get(pathOf(beginLink(browser)));
        OwnAccount account = server.identity.ownAccount();
        String linked = account.logins(person()).get(1).id();

        assertThat(server.<Boolean>storeWrite(
                        handle -> account.unlink(handle, new Principal.UserPrincipal("usr_other", "x"), linked)))
                .isFalse();
        assertThat(server.<Boolean>storeWrite(handle -> account.unlink(handle, person(), linked)))
                .isTrue();
        assertThat(signIn(server.browser(), "github").statusCode()).isEqualTo(403);
    }

    @Test // T-I9
    void aSecondFactorIsAskedForHoweverTheFirstWasGiven() throws Exception {
        github.user = "{\"id\":99,\"login\":\"not-allowed-alone\",\"name\":\"Ada\",\"email\":null}";
        Browser browser = signedIn();
        browser.get(pathOf(beginLink(browser)));
        OwnAccount account = server.identity.ownAccount();
        byte[] seed = org.bouncycastle.util.encoders.Base32.decode(
                account.beginSecondFactor(person(), TestServer.PASSWORD, "203.0.113.1")
                        .secret());
        account.confirmSecondFactor(person(), Totp.code(seed, Totp.stepAt(server.clock.instant())), "203.0.113.1");

        HttpResponse<String> answer = signIn(server.browser(), "github");

        assertThat(Browser.location(answer).getPath()).isEqualTo("/sign-in/code");
    }

    @Test // T-I10
    void anotherSitesPageDoesNotSignAnybodyIn() {
        Browser browser = server.browser();
        browser.extraHeaders.put("Sec-Fetch-Site", "cross-site");
        assertThat(Browser.location(browser.get("/sign-in/with/github")).getPath())
                .isEqualTo("/sign-in");
    }

    @Test // T-I9
    void whoNeverComesBackIsThrottled() {
        Browser browser = server.browser();
        for (int i = 0; i < 10; i++) {
            assertThat(browser.get("/sign-in/with/github").statusCode()).isEqualTo(303);
        }
        assertThat(browser.get("/sign-in/with/github").statusCode()).isEqualTo(429);
    }

    @Test
    void whatIsNotConfiguredIsNotThere() {
        assertThat(server.browser().get("/sign-in/with/google").statusCode()).isEqualTo(404);
        assertThat(server.browser().get("/sign-in/from/google?code=a&state=b").statusCode())
                .isEqualTo(404);
    }

    private User user() throws InterruptedException {
        String id = String.valueOf(server.signedIn.poll(10, SECONDS));
        return server.identity.accounts().user(id).orElseThrow();
    }

    private Principal.UserPrincipal person() {
        return new Principal.UserPrincipal(server.userId(), "ses_1");
    }

    private Browser signedIn() {
        Browser browser = server.browser();
        browser.get("/sign-in");
        browser.submitSignIn();
        return browser;
    }

    private URI beginLink(Browser browser) {
        browser.get("/sign-in/link/github");
        HttpResponse<String> onward = browser.submit(Map.of());
        return github.consent(
                URI.create(onward.headers().firstValue("Refresh").orElseThrow().replaceFirst("0; url=", "")));
    }

    private URI begin(Browser browser, String provider) {
        URI authorization = Browser.location(browser.get("/sign-in/with/" + provider));
        return provider.equals("github") ? github.consent(authorization) : gitlab.consent(authorization);
    }

    private HttpResponse<String> signIn(Browser browser, String provider) {
        return browser.get(pathOf(begin(browser, provider)));
    }

    private static String pathOf(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }
}
