package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.OAuthClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndSessionTest {
    private static final String BACK = "https://paint.example/back";

    private TestServer server;
    private OAuthClient paint;
    private Browser browser;
    private Client.Answer tokens;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        paint = server.registered("Paint", BACK);
        browser = server.browser();
        browser.get("/sign-in");
        browser.submitSignIn();
        Client client = server.client();
        tokens = client.redeem(
                WebRequest.field(Browser.parametersOf(browser.get(client.authorizePath())), "code"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I8
    void whoShowsTheIdTokenSignsItsPersonOutEverywhereAtOnce() throws Exception {
        HttpResponse<String> answer = browser.get(path(
                "id_token_hint",
                tokens.text("id_token"),
                "post_logout_redirect_uri",
                Client.REDIRECT,
                "state",
                "a b&c"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).hasToString(Client.REDIRECT + "?state=a+b%26c");
        assertThat(browser.cookies).doesNotContainKey("porthole_session");
        assertThat(server.ended.poll(10, SECONDS)).startsWith("fam_");
        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
        assertThat(server.client().refresh(tokens.text("refresh_token"))).satisfies(TokenTest.refused("invalid_grant"));
    }

    @Test // T-I8, T-I10
    void everyoneElseOnlyBringsUpTheQuestion() {
        HttpResponse<String> question =
                browser.get(path("client_id", paint.id(), "post_logout_redirect_uri", BACK, "state", "s"));
        assertThat(question.body()).contains("Sign out?", "Paint asks", "ada", "Stay signed in");
        assertThat(question.headers().firstValue("Content-Security-Policy").orElseThrow())
                .endsWith("form-action 'self' https://paint.example");
        assertThat(browser.get("/").statusCode()).isEqualTo(200);

        browser.get(path("client_id", paint.id(), "post_logout_redirect_uri", BACK, "state", "s"));
        assertThat(Browser.location(browser.submit(Map.of()))).hasToString(BACK + "?state=s");
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
        assertThat(server.authenticate(tokens.text("access_token")))
                .as("the app was not asked about")
                .isPresent();
    }

    @Test // T-I8
    void withoutARedirectAPageSaysThatItIsDone() {
        browser.get("/oauth/end-session");

        assertThat(browser.submit(Map.of()).body()).contains("You are signed out");
        assertThat(browser.get("/oauth/end-session").body())
                .as("nobody is signed in")
                .contains("You are signed out");
    }

    @Test // T-I8
    void anotherPersonsTokenOnlyBringsUpTheQuestion() throws Exception {
        String other = server.store.write(handle -> {
            handle.execute("INSERT INTO users (id, provider, provider_subject, name, administrator, active, created_at)"
                    + " VALUES ('usr_bob', 'local', 'bob', 'bob', FALSE, TRUE, 0)");
            handle.execute("UPDATE browser_sessions SET user_id = 'usr_bob'");
            return "usr_bob";
        });
        assertThat(other).isEqualTo("usr_bob");

        assertThat(browser.get(path("id_token_hint", tokens.text("id_token"))).body())
                .contains("Sign out?");
        assertThat(server.authenticate(tokens.text("access_token"))).isPresent();
    }

    @ParameterizedTest // T-I2, T-I10
    @ValueSource(
            strings = {
                "https://paint.example/back/",
                "https://paint.example/back?x=1",
                "https://paint.example.evil.example/back",
                "https://evil.example/",
                "//evil.example",
                "javascript:alert(1)",
                "http://127.0.0.1:1/back",
            })
    void redirectsThatAreNotTheClientsGetAPageAndNoRedirect(String redirect) {
        HttpResponse<String> answer =
                browser.get(path("client_id", paint.id(), "post_logout_redirect_uri", redirect));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test // T-I10
    void nobodysRedirectAndContradictionsAreRefused() {
        List<String> wrong = List.of(
                path("post_logout_redirect_uri", BACK),
                path("client_id", "nobody"),
                path("client_id", paint.id(), "id_token_hint", tokens.text("id_token")),
                path("client_id", paint.id()) + "&client_id=" + paint.id(),
                path("id_token_hint", "not a token"));

        assertThat(wrong)
                .allSatisfy(path -> assertThat(browser.get(path).statusCode()).isEqualTo(400));
        assertThat(browser.get(path("id_token_hint", tokens.text("access_token"))).body())
                .as("an access token is no id token")
                .contains("Sign out?");
    }

    @Test // T-I8
    void aFormOfAnotherSiteEndsTheCredentialAndComesBackForTheCookies() throws Exception {
        Map<String, String> cookies = Map.copyOf(browser.cookies);
        browser.cookies.clear();
        HttpResponse<String> answer = browser.post(
                "/oauth/end-session",
                Map.of("id_token_hint", tokens.text("id_token"), "post_logout_redirect_uri", Client.REDIRECT));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer).getQuery())
                .contains("client_id=porthole-desktop")
                .doesNotContain("id_token_hint");
        assertThat(server.ended.poll(10, SECONDS)).startsWith("fam_");
        browser.cookies.putAll(cookies);
        assertThat(browser.get(Browser.location(answer).getPath() + "?"
                                + Browser.location(answer).getRawQuery())
                        .body())
                .contains("Sign out?");
    }

    @Test // T-I10
    void theQuestionsFormIsOurs() {
        browser.get("/oauth/end-session");

        assertThat(browser.post("/oauth/end-session/confirm", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    private static String path(String... fields) {
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            query.put(fields[i], fields[i + 1]);
        }
        return "/oauth/end-session?" + Browser.form(query);
    }
}
