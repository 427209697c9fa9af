package dev.porthole.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondFactorTest {
    private static final Pattern SECRET = Pattern.compile("[?&](?:amp;)?secret=([A-Z2-7]{32})&");
    private static final Pattern RECOVERY = Pattern.compile("<code>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>");

    private TestServer server;
    private byte[] seed;
    private List<String> recoveryCodes;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        Browser browser = signedIn();
        browser.get("/second-factor");
        browser.submit(Map.of("password", TestServer.PASSWORD));
        seed = seedOf(browser.get("/second-factor"));
        HttpResponse<String> confirmed = browser.submit(Map.of("code", code()));
        assertThat(confirmed.statusCode()).isEqualTo(200);
        recoveryCodes = recoveryCodesOf(confirmed);
        server.clock.move(Totp.STEP);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // T-I9
    void aPasswordAloneSignsNobodyInAnyMore() {
        Browser browser = server.browser();
        HttpResponse<String> answer = password(browser);

        assertThat(Browser.location(answer).getPath()).isEqualTo("/sign-in/code");
        assertThat(browser.cookies).doesNotContainKey("porthole_session");
        assertThat(Browser.location(browser.get("/")).getPath()).isEqualTo("/sign-in");

        browser.get("/sign-in/code");
        assertThat(Browser.location(browser.submit(Map.of("code", code())))).isEqualTo(server.addresses.page("/"));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(browser.cookies).doesNotContainKey("porthole_step");
    }

    @Test // T-I9
    void theAppsRequestIsKeptOverBothSteps() {
        Client client = server.client();
        Browser browser = server.browser();
        browser.get(client.authorizePath());
        HttpResponse<String> step = browser.submitSignIn();
        HttpResponse<String> page = browser.get(Browser.location(step).getRawPath() + "?"
                + Browser.location(step).getRawQuery());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .endsWith("form-action 'self' http://127.0.0.1:53412");

        HttpResponse<String> answer = browser.submit(Map.of("code", code()));

        Map<String, List<String>> parameters = Browser.parametersOf(answer);
        assertThat(WebRequest.field(parameters, "state")).isEqualTo("st&te =+/%");
        assertThat(client.redeem(WebRequest.field(parameters, "code")).status()).isEqualTo(200);
    }

    @Test // T-I9
    void aCodeWorksOnce() {
        assertThat(second(code()).statusCode()).isEqualTo(303);
        assertThat(second(code()).statusCode()).isEqualTo(422);
        assertThat(second(codeAt(-1)).statusCode()).as("an older step").isEqualTo(422);

        server.clock.move(Totp.STEP);
        assertThat(second(code()).statusCode()).isEqualTo(303);
    }

    @Test // T-I9
    void aCodeThatManyUseAtOnceWorksOnce() throws Exception {
        String code = code();
        List<Callable<Boolean>> uses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            uses.add(() -> server.identity.ownAccount().accepts(server.userId(), code, "203.0.113.9"));
        }
        int accepted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> use : threads.invokeAll(uses)) {
                accepted += use.get() ? 1 : 0;
            }
        }
        assertThat(accepted).isEqualTo(1);
    }

    @Test // T-I9
    void theCodeThatSwitchedItOnIsSpent() {
        assertThat(second(codeAt(-1)).statusCode()).isEqualTo(422);
    }

    @Test // T-I9
    void aRecoveryCodeWorksOnceHoweverItIsTyped() {
        assertThat(recoveryCodes).hasSize(10).doesNotHaveDuplicates();
        String typed =
                recoveryCodes.getFirst().toLowerCase(java.util.Locale.ROOT).replace('-', ' ');

        assertThat(second(typed).statusCode()).isEqualTo(303);
        assertThat(second(recoveryCodes.getFirst()).statusCode()).isEqualTo(422);
        assertThat(second(recoveryCodes.get(1)).statusCode()).isEqualTo(303);
    }

    @Test // T-I9
    void afterFiveWrongCodesThePasswordIsAskedForAgain() {
        Browser browser = server.browser();
        password(browser);
        browser.get("/sign-in/code");
        for (int i = 0; i < SecondSteps.ATTEMPTS; i++) {
            assertThat(browser.submit(Map.of("code", "000000")).statusCode()).isEqualTo(422);
        }
        assertThat(Browser.location(browser.submit(Map.of("code", code()))).getPath())
                .isEqualTo("/sign-in");
        assertThat(browser.cookies).doesNotContainKey("porthole_session");
    }

    @Test // T-I9
    void guessesAreThrottledPerAccountWhateverTheBrowserAndTheAddress() {
        for (int i = 0; i < 10; i++) {
            assertThat(second("00000" + i % 10, "198.51.100." + i).statusCode()).isEqualTo(422);
        }
        HttpResponse<String> throttled = second(code(), "198.51.100.99");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).isPresent();

        server.clock.move(Duration.ofMinutes(1));
        assertThat(second(code(), "198.51.100.99").statusCode()).isEqualTo(303);
    }

    @Test // T-I9
    void theSecondStepEndsAfterTenMinutesAndIsOneBrowsers() {
        Browser browser = server.browser();
        password(browser);
        Browser other = server.browser();
        assertThat(Browser.location(other.get("/sign-in/code")).getPath()).isEqualTo("/sign-in");

        server.clock.move(SecondSteps.LIFETIME);
        assertThat(Browser.location(browser.get("/sign-in/code")).getPath()).isEqualTo("/sign-in");
    }

    @Test // T-I9
    void aFormOfTheSecondStepNeedsItsToken() {
        Browser browser = server.browser();
        password(browser);
        assertThat(browser.post("/sign-in/code", Map.of("code", code())).statusCode())
                .isEqualTo(403);
    }

    @Test // T-I9, T-C6
    void seedAndRecoveryCodesAreNowhereInTheDatabase() {
        assertThat(server.stores(Base32.toBase32String(seed))).isFalse();
        for (String code : recoveryCodes) {
            assertThat(server.stores(code)).isFalse();
            assertThat(server.stores(code.replace("-", ""))).isFalse();
        }
    }

    @Test // T-I9
    void switchingItOffTakesThePasswordAndACode() {
        Browser browser = signedIn();
        browser.get("/second-factor");
        assertThat(browser.submit(Map.of("password", "wrong password", "code", code()))
                        .statusCode())
                .isEqualTo(422);
        assertThat(browser.submit(Map.of("password", TestServer.PASSWORD, "code", "000000"))
                        .statusCode())
                .isEqualTo(422);
        server.clock.move(Totp.STEP);

        assertThat(browser.submit(Map.of("password", TestServer.PASSWORD, "code", code()))
                        .statusCode())
                .isEqualTo(303);

        assertThat(Browser.location(password(server.browser())).getPath()).isEqualTo("/");
        assertThat(browser.get("/second-factor").body()).contains("Set up");
    }

    @Test // T-I9
    void theRecoveryCodesAreShownOnce() {
        Browser browser = signedIn();
        HttpResponse<String> page = browser.get("/second-factor");

        assertThat(page.body()).contains("Recovery codes left: 10");
        assertThat(recoveryCodesOf(page)).isEmpty();
        assertThat(page.body()).doesNotContain(Base32.toBase32String(seed));
        assertThat(browser.get("/second-factor/picture.svg").statusCode()).isEqualTo(404);
    }

    @Test // T-I9, T-I10
    void settingUpShowsThePictureToItsPersonOnly(@TempDir Path other) throws Exception {
        try (TestServer fresh = TestServer.started(other)) {
            Browser browser = fresh.browser();
            assertThat(Browser.location(browser.get("/second-factor")).getRawQuery())
                    .isEqualTo("back=%2Fsecond-factor");
            browser.get("/sign-in?back=%2Fsecond-factor");
            assertThat(Browser.location(browser.submitSignIn()).getPath()).isEqualTo("/second-factor");
            browser.get("/second-factor");
            assertThat(browser.submit(Map.of("password", "not the password")).body())
                    .contains("This is not your password.");
            browser.submit(Map.of("password", TestServer.PASSWORD));

            HttpResponse<String> page = browser.get("/second-factor");
            HttpResponse<String> picture = browser.get("/second-factor/picture.svg");

            assertThat(page.body())
                    .contains("otpauth://totp/Porthole%20porthole.localhost%3A" + fresh.port + ":ada?secret=");
            assertThat(picture.headers().firstValue("Content-Type")).contains("image/svg+xml");
            assertThat(picture.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(picture.body()).startsWith("<svg ").contains("h1v1h-1z").doesNotContain("otpauth", "script");
            assertThat(fresh.browser().get("/second-factor/picture.svg").statusCode())
                    .isEqualTo(404);
            assertThat(browser.submit(Map.of("code", "000000")).statusCode()).isEqualTo(422);

            fresh.clock.move(SecondFactor.SETTING_UP);
            assertThat(browser.get("/second-factor").body()).doesNotContain("otpauth");
            assertThat(Browser.location(signInAt(fresh)).getPath()).isEqualTo("/");
        }
    }

    @Test
    void codesOfTwoAccountsAreTwoThings() {
        assertThat(new HashSet<>(recoveryCodes)).hasSize(10);
        assertThat(server.identity
                        .ownAccount()
                        .secondFactor(new Principal.UserPrincipal("usr_other", "ses_1"))
                        .on())
                .isFalse();
    }

    private static HttpResponse<String> signInAt(TestServer server) {
        Browser browser = server.browser();
        browser.get("/sign-in");
        return browser.submitSignIn();
    }

    private Browser signedIn() {
        Browser browser = server.browser();
        HttpResponse<String> answer = password(browser);
        if (Browser.location(answer).getPath().equals("/sign-in/code")) {
            browser.get("/sign-in/code");
            browser.submit(Map.of("code", code()));
            server.clock.move(Totp.STEP);
        }
        return browser;
    }

    private static HttpResponse<String> password(Browser browser) {
        browser.get("/sign-in");
        return browser.submitSignIn();
    }

    private HttpResponse<String> second(String code) {
        return second(code, "203.0.113.7");
    }

    private HttpResponse<String> second(String code, String address) {
        Browser browser = server.browser();
        browser.address = address;
        password(browser);
        browser.get("/sign-in/code");
        return browser.submit(Map.of("code", code));
    }

    private String code() {
        return codeAt(0);
    }

    private String codeAt(long steps) {
        return Totp.code(seed, Totp.stepAt(server.clock.instant()) + steps);
    }

    private static byte[] seedOf(HttpResponse<String> page) {
        Matcher secret = SECRET.matcher(page.body());
        assertThat(secret.find()).isTrue();
        return Base32.decode(secret.group(1));
    }

    private static List<String> recoveryCodesOf(HttpResponse<String> page) {
        return RECOVERY.matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
