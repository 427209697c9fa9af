package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    private TestServer server;
    private Browser browser;
    private String code;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestServer.empty(folder);
        browser = server.browser();
        code = server.identity.setupCode().orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFirstVisitMakesTheFirstAccountAndSignsIn() throws Exception {
        assertThat(Browser.location(browser.get("/")).getPath()).isEqualTo("/setup");
        assertThat(Browser.location(browser.get("/sign-in")).getPath()).isEqualTo("/setup");
        browser.get("/setup");

        HttpResponse<String> answer = browser.submit(Map.of(
                "code", code.toLowerCase(Locale.ROOT).replace("-", " "),
                "user", TestServer.USER,
                "password", TestServer.PASSWORD));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser.get("/").body()).contains("Hello, ada");
        assertThat(server.signedIn.poll(10, SECONDS)).isEqualTo(server.userId());
        assertThat(server.identity
                        .accounts()
                        .user(server.userId())
                        .orElseThrow()
                        .administrator())
                .isTrue();
        assertThat(server.identity.setupCode()).isEmpty();
    }

    @Test
    void anAppThatWaitsGetsItsCodeAfterwards() {
        Client client = server.client();
        HttpResponse<String> sent = browser.get(client.authorizePath());
        assertThat(Browser.location(sent).getPath()).isEqualTo("/setup");
        browser.get("/setup?" + Browser.location(sent).getRawQuery());

        Map<String, java.util.List<String>> answer = Browser.parametersOf(
                browser.submit(Map.of("code", code, "user", TestServer.USER, "password", TestServer.PASSWORD)));

        assertThat(client.redeem(WebRequest.field(answer, "code")).status()).isEqualTo(200);
    }

    @Test // T-I9
    void aWrongCodeMakesNothingAndIsThrottled() {
        browser.get("/setup");
        for (int i = 0; i < 10; i++) {
            assertThat(submit("AAAA-AAAA-AAAA", TestServer.PASSWORD).statusCode())
                    .isEqualTo(422);
        }
        assertThat(submit(code, TestServer.PASSWORD).statusCode()).isEqualTo(429);
        assertThat(server.identity.accounts().any()).isFalse();
    }

    @Test // T-I9
    void aWeakPasswordIsRefusedWithItsReasonAndWhatWasTypedIsKept() {
        browser.get("/setup");
        HttpResponse<String> answer = submit(code, "password1234");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("guessed first", code, "value=\"ada\"")
                .doesNotContain("password1234");
        assertThat(server.identity.accounts().any()).isFalse();
    }

    @Test
    void onceThereIsAnAccountThePageIsGone() throws Exception {
        browser.get("/setup");
        assertThat(server.identity.accounts().createFirst(TestServer.USER, TestServer.PASSWORD))
                .isPresent();

        HttpResponse<String> late =
                browser.submit(Map.of("code", code, "user", "eve", "password", "another good passphrase"));
        assertThat(Browser.location(late).getPath()).isEqualTo("/sign-in");
        assertThat(server.identity.accounts().userNamed("eve")).isEmpty();
        assertThat(Browser.location(browser.get("/setup")).getPath()).isEqualTo("/sign-in");
    }

    private HttpResponse<String> submit(String typed, String password) {
        return browser.submit(Map.of("code", typed, "user", TestServer.USER, "password", password));
    }
}
