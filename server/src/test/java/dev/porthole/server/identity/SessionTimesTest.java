package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.server.config.SignInSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTimesTest {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LIFETIME = Duration.ofMinutes(25);

    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder, new SignInSettings(IDLE, LIFETIME, List.of()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // B-D13
    void aBrowserThatIsAwayTooLongSignsInAgain() {
        Browser browser = signedIn();
        server.clock.move(IDLE.minusSeconds(1));
        assertThat(browser.get("/second-factor").statusCode()).isEqualTo(200);
        server.clock.move(IDLE);
        assertThat(Browser.location(browser.get("/second-factor")).getPath()).isEqualTo("/sign-in");
    }

    @Test // B-D13
    void evenABusyBrowserSignsInAgainAtTheEndOfItsLifetime() {
        Browser browser = signedIn();
        for (int i = 0; i < 4; i++) {
            assertThat(browser.get("/second-factor").statusCode()).isEqualTo(200);
            server.clock.move(LIFETIME.dividedBy(4));
        }
        assertThat(browser.get("/second-factor").statusCode()).isEqualTo(303);
    }

    @Test // B-D13, T-I10
    void anEndedSessionLeadsToSignInAndBackToWhereOneWas() {
        Browser browser = signedIn();
        server.clock.move(IDLE);
        HttpResponse<String> sent = browser.get("/second-factor");
        assertThat(Browser.location(sent)).hasToString(server.addresses.pages() + "/sign-in?back=%2Fsecond-factor");
        browser.get("/sign-in?back=%2Fsecond-factor");
        assertThat(browser.submit(Map.of("user", TestServer.USER, "password", "a wrong one"))
                        .statusCode())
                .isEqualTo(422);

        assertThat(Browser.location(browser.submitSignIn())).isEqualTo(server.addresses.page("/second-factor"));
    }

    @Test // T-I10, B-D14
    void backLeadsNowhereElse() {
        for (String elsewhere : List.of("https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example")) {
            Browser browser = server.browser();
            browser.get("/sign-in?back=" + elsewhere);
            assertThat(Browser.location(browser.submitSignIn())).isEqualTo(server.addresses.page("/"));
        }
    }

    @Test // B-D13
    void theCookieEndsWithTheLifetime() {
        Browser browser = server.browser();
        browser.get("/sign-in");
        assertThat(browser.submitSignIn().headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.contains("session=") && cookie.contains("Max-Age=1500;"));
    }

    @Test // T-I8, B-D13
    void whoeverFollowsASessionIsToldOfItsEnd() throws Exception {
        Browser browser = signedIn();
        String id = server.identity
                .ownAccount()
                .sessions(new Principal.UserPrincipal(server.userId(), "ses_none"))
                .getFirst()
                .id();
        browser.get("/");
        browser.submit(Map.of());

        assertThat(server.ended.poll(10, SECONDS)).isEqualTo(id).startsWith("ses_");
        assertThat(server.stores(browser.cookies.getOrDefault("porthole_session", "none")))
                .isFalse();
    }

    @Test // B-D13
    void sessionsThatAreOverAreRemoved() {
        signedIn();
        server.clock.move(LIFETIME.plusSeconds(1));
        server.identity.removeExpired();
        int left = server.store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM browser_sessions")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    private Browser signedIn() {
        Browser browser = server.browser();
        browser.get("/sign-in");
        browser.submitSignIn();
        return browser;
    }
}
