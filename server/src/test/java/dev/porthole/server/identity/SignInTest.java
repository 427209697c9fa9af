package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void signingInOpensTheFrontPageAndSaysSo() throws Exception {
        Browser browser = server.browser();
        assertThat(Browser.location(browser.get("/")).getPath()).isEqualTo("/sign-in");
        browser.get("/sign-in");

        HttpResponse<String> answer = browser.submitSignIn();

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).isEqualTo(server.addresses.page("/"));
        assertThat(browser.get("/").body()).contains("Hello, ada");
        assertThat(server.signedIn.poll(10, SECONDS)).isEqualTo(server.userId());
    }

    @Test
    void namesAreReadAsPeopleTypeThem() {
        Browser browser = server.browser();
        browser.get("/sign-in");

        assertThat(browser.submit(Map.of("user", " Ada ", "password", TestServer.PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test // T-I9
    void aWrongNameLooksLikeAWrongPassword() {
        HttpResponse<String> wrongPassword = attempt("ada", "not the password", "203.0.113.1");
        HttpResponse<String> wrongName = attempt("bob", "not the password", "203.0.113.2");

        assertThat(wrongPassword.statusCode()).isEqualTo(422).isEqualTo(wrongName.statusCode());
        assertThat(wrongPassword.body()).contains("User name or password is wrong.");
        assertThat(withoutTokens(wrongPassword))
                .isEqualTo(withoutTokens(wrongName).replace("bob", "ada"));
        assertThat(wrongPassword.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test // T-I9
    void guessesAreThrottledPerAccountWhateverTheAddressAndWhetherItExists() {
        for (String user : new String[] {"ada", "nobody"}) {
            for (int i = 0; i < 10; i++) {
                assertThat(attempt(user, "guess number " + i, "198.51.100." + i).statusCode())
                        .isEqualTo(422);
            }
            HttpResponse<String> throttled = attempt(user, TestServer.PASSWORD, "198.51.100.99");
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).contains("60");
        }

        server.clock.move(Duration.ofMinutes(1));
        assertThat(attempt("ada", TestServer.PASSWORD, "198.51.100.99").statusCode())
                .isEqualTo(303);
    }

    @Test // T-I9
    void guessesAreThrottledPerAddressWhateverTheAccount() {
        for (int i = 0; i < 30; i++) {
            assertThat(attempt("user" + i, "guess", "2001:db8:0:1::" + i).statusCode())
                    .isEqualTo(422);
        }

        assertThat(attempt("ada", TestServer.PASSWORD, "2001:db8:0:1:ffff::1").statusCode())
                .isEqualTo(429);
        assertThat(attempt("ada", TestServer.PASSWORD, "2001:db8:0:2::1").statusCode())
                .isEqualTo(303);
    }

    @Test // T-I9
    void successIsNoGuess() {
        for (int i = 0; i < 40; i++) {
            assertThat(server.identity.accounts().signIn("ada", TestServer.PASSWORD, "203.0.113.1"))
                    .isInstanceOf(Accounts.Attempt.SignedIn.class);
        }
    }

    @Test // T-I9
    void thePasswordIsKeptAsArgon2idOnly() {
        String kept = server.store.read(handle -> handle.createQuery("SELECT password_hash FROM users")
                .mapTo(String.class)
                .one());

        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(server.stores(TestServer.PASSWORD)).isFalse();
    }

    @Test
    void anInactiveUserHasNoWayIn() {
        Browser browser = server.browser();
        browser.get("/sign-in");
        browser.submitSignIn();
        Client.Answer tokens = server.client().signIn();
        server.store.writeOnly(handle -> handle.execute("UPDATE users SET active = FALSE"));
        server.clock.move(Credentials.REMEMBERED_FOR);

        assertThat(browser.get("/").statusCode()).isEqualTo(303);
        assertThat(attempt("ada", TestServer.PASSWORD, "203.0.113.1").statusCode())
                .isEqualTo(422);
        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
        assertThat(server.client().refresh(tokens.text("refresh_token")).status())
                .isEqualTo(400);
    }

    @Test
    void theFirstAccountIsMadeOnce() throws Exception {
        assertThat(server.identity.accounts().createFirst("eve", "another good passphrase"))
                .isEmpty();
        assertThat(server.identity.accounts().userNamed("eve")).isEmpty();
        assertThatThrownBy(() -> server.identity.accounts().createFirst("", "another good passphrase"))
                .isInstanceOf(UnacceptableAccountException.class)
                .hasMessageContaining("expected: 1-64");
    }

    private HttpResponse<String> attempt(String user, String password, String address) {
        Browser browser = server.browser();
        browser.address = address;
        browser.get("/sign-in");
        return browser.submit(Map.of("user", user, "password", password));
    }

    private static String withoutTokens(HttpResponse<String> page) {
        return page.body().replaceAll("name=\"form_token\" value=\"[^\"]+\"", "");
    }
}
