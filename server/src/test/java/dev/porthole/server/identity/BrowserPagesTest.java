package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.config.SignInSettings;
import dev.porthole.server.console.Assets;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserPagesTest {
    private TestServer server;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        browser = server.browser();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I10
    void everyAnswerIsProtected() {
        List<HttpResponse<String>> answers = List.of(
                browser.get(server.client().authorizePath()),
                browser.submitSignIn(),
                browser.get("/"),
                browser.get("/sign-in"),
                browser.get("/setup"),
                browser.get("/oauth/authorize"),
                browser.post("/sign-in", Map.of("user", "ada")));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(header(answer, "Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "style-src 'self'")
                    .doesNotContain("unsafe", "script-src");
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.body()).doesNotContain("<script", "style=", "onclick");
        });
    }

    @Test // T-I10
    void formsReachTheClientOfTheirRequestAndNothingElse() {
        assertThat(header(browser.get(server.client().authorizePath()), "Content-Security-Policy"))
                .endsWith("form-action 'self' http://127.0.0.1:53412");
        assertThat(header(browser.get("/sign-in"), "Content-Security-Policy")).endsWith("form-action 'self'");
    }

    @Test // T-I10
    void cookiesOfAPlainServerAreHttpOnlyAndLax() {
        browser.get("/sign-in");
        HttpResponse<String> answer = browser.submitSignIn();

        assertThat(browser.cookies).containsOnlyKeys("porthole_session", "porthole_form");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax"));
    }

    @Test // T-I10
    void cookiesOfAnHttpsServerBelongToItsHostAlone(@TempDir Path folder) throws Exception {
        try (TestServer secure = TestServer.secure(folder)) {
            Browser there = secure.browser();
            HttpResponse<String> page = there.get("/sign-in");
            HttpResponse<String> answer = there.submitSignIn();

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(there.cookies).containsOnlyKeys("__Host-porthole_session", "__Host-porthole_form");
            assertThat(page.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax; Secure"));
        }
    }

    @Test // T-I10
    void aFormWithoutItsTokenIsRefused() {
        browser.get("/sign-in");
        Map<String, String> right = Map.of("user", TestServer.USER, "password", TestServer.PASSWORD);

        assertThat(browser.post("/sign-in", right).statusCode()).isEqualTo(403);
        assertThat(browser.post("/sign-in", with(right, "AAAA")).statusCode()).isEqualTo(403);
        browser.cookies.clear();
        assertThat(browser.submit(right).statusCode()).isEqualTo(403);
        assertThat(server.signedIn).isEmpty();
    }

    @Test // T-I10
    void anotherBrowsersTokenIsRefused() {
        Browser attacker = server.browser();
        attacker.get("/sign-in");
        browser.get("/sign-in");
        browser.cookies.replaceAll((name, value) -> OpaqueToken.next(""));

        assertThat(browser.submitSignIn().statusCode()).isEqualTo(403);
    }

    @Test // T-I10
    void aFormSentByAnotherSiteIsRefused() {
        browser.get("/sign-in");
        for (String site : List.of("cross-site", "same-site")) {
            browser.extraHeaders.put("Sec-Fetch-Site", site);
            assertThat(browser.submitSignIn().statusCode()).isEqualTo(403);
        }
    }

    @Test // T-I10
    void aFormShownBeforeSigningInIsOldAfterwards() {
        browser.get("/sign-in");
        assertThat(browser.submitSignIn().statusCode()).isEqualTo(303);

        assertThat(browser.submitSignIn().statusCode()).isEqualTo(403);
    }

    @Test // T-I10
    void signingInReplacesTheSession() {
        browser.get("/sign-in");
        browser.submitSignIn();
        String before = browser.cookies.getOrDefault("porthole_session", "");
        browser.get("/sign-in");
        browser.submitSignIn();

        assertThat(browser.cookies.get("porthole_session")).isNotEqualTo(before);
        Browser planted = server.browser();
        planted.cookies.put("porthole_session", before);
        assertThat(planted.get("/").statusCode()).isEqualTo(303);
        assertThat(server.stores(before)).isFalse();
    }

    @Test
    void signingOutEndsTheSession() {
        browser.get("/sign-in");
        browser.submitSignIn();
        String session = browser.cookies.getOrDefault("porthole_session", "");
        browser.get("/");

        assertThat(Browser.location(browser.submit(Map.of())).getPath()).isEqualTo("/sign-in");

        browser.cookies.put("porthole_session", session);
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void sessionsEndWhenIdleAndAfterAWeek() {
        browser.get("/sign-in");
        browser.submitSignIn();
        for (int day = 0; day < 7; day++) {
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
            server.clock.move(SignInSettings.DEFAULT.sessionIdle().minusSeconds(1));
        }
        server.clock.move(Duration.ofSeconds(7));
        assertThat(browser.get("/").statusCode()).isEqualTo(303);

        browser.get("/sign-in");
        browser.submitSignIn();
        server.clock.move(SignInSettings.DEFAULT.sessionIdle());
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
    }

    @Test // T-I10
    void pagesLiveOnTheirOwnHostOnly() {
        browser.host = "localhost:" + server.port;

        HttpResponse<String> answer = browser.get("/oauth/authorize?client_id=a%2Fb&x=1");
        assertThat(Browser.location(answer))
                .hasToString("http://porthole.localhost:" + server.port + "/oauth/authorize?client_id=a%2Fb&x=1");
        assertThat(browser.cookies).isEmpty();
        assertThat(browser.post("/sign-in", Map.of("user", "ada")).statusCode()).isEqualTo(421);
    }

    @Test // T-I10
    void nothingOfARequestLeadsElsewhere() {
        browser.get("/sign-in");
        HttpResponse<String> answer = browser.post(
                "/sign-in?return_to=https%3A%2F%2Fevil.example", Map.of("user", "ada", "next", "//evil.example"));
        assertThat(answer.headers().firstValue("Location")).isEmpty();

        browser.host = "elsewhere.example";
        for (String path : List.of("//evil.example/%2e%2e", "//sign-in", "/sign-in?a=%7Cb", "/sign-in?@evil.example")) {
            assertThat(browser.get(path).headers().allValues("Location"))
                    .allMatch(location -> location.startsWith(server.addresses.pages() + "/"));
        }
    }

    @Test // T-L4
    void whatIsTypedIsShownAsText() {
        browser.get("/sign-in");
        HttpResponse<String> answer =
                browser.submit(Map.of("user", "\"><img src=x onerror=alert(1)>", "password", "wrong password"));

        assertThat(answer.body()).doesNotContain("<img").contains("&lt;img");
    }

    @Test
    void hugeAndOddFormsAreRefused() {
        browser.get("/sign-in");

        assertThat(browser.submit(Map.of("user", "a".repeat(70_000), "password", "x"))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void assetsAreKeptForEverAndOnlyThoseExist() {
        HttpResponse<String> style = browser.get(Assets.STYLE);
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(header(style, "Content-Type")).startsWith("text/css");
        assertThat(header(style, "Cache-Control")).contains("immutable");
        assertThat(browser.get("/sign-in").body()).contains(Assets.STYLE, Assets.ICON);

        assertThat(browser.get("/assets/porthole.css").statusCode()).isEqualTo(404);
        assertThat(browser.get("/assets/..%2f..%2fsecret.key").statusCode()).isEqualTo(404);
    }

    private static Map<String, String> with(Map<String, String> fields, String token) {
        Map<String, String> all = new java.util.LinkedHashMap<>(fields);
        all.put("form_token", token);
        return all;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
