package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.OneTimeLink;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountLinksTest {
    private static final String NEW = "another good passphrase";

    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test // B-D3
    void anInvitedPersonMakesAnAccountAndIsSignedIn() throws Exception {
        Browser browser = server.browser();
        String path = path(invite(false));
        assertThat(browser.get(path).body()).contains("You are invited");

        HttpResponse<String> answer = browser.submit(Map.of("user", "bob", "password", NEW));

        assertThat(Browser.location(answer)).isEqualTo(server.addresses.page("/"));
        String bob = server.identity.accounts().userNamed("bob").orElseThrow();
        assertThat(server.signedIn.poll(10, SECONDS)).isEqualTo(bob);
        assertThat(server.identity.accounts().user(bob).orElseThrow().administrator())
                .isFalse();
    }

    @Test // B-D3
    void anInvitationMakesAnAdministratorOnlyIfItSaysSo() {
        Browser browser = server.browser();
        browser.get(path(invite(true)));
        browser.submit(Map.of("user", "bob", "password", NEW));

        String bob = server.identity.accounts().userNamed("bob").orElseThrow();
        assertThat(server.identity.accounts().user(bob).orElseThrow().administrator())
                .isTrue();
    }

    @Test // B-D3
    void aLinkWorksOnceAndForAWeek() {
        OneTimeLink used = invite(false);
        join(used, "bob");
        assertThat(server.browser().get(path(used)).statusCode()).isEqualTo(404);

        OneTimeLink old = invite(false);
        Browser late = server.browser();
        late.get(path(old));
        server.clock.move(AccountLinks.INVITATION);
        assertThat(late.submit(Map.of("user", "eve", "password", NEW)).statusCode())
                .isIn(403, 404);
        assertThat(server.browser().get(path(old)).statusCode()).isEqualTo(404);
        assertThat(server.identity.accounts().userNamed("eve")).isEmpty();
        assertThat(old.expiresAt()).isEqualTo(server.clock.instant());
    }

    @Test // B-D3
    void lookingAtALinkDoesNotSpendIt() {
        OneTimeLink link = invite(false);
        for (int i = 0; i < 3; i++) {
            assertThat(server.browser().get(path(link)).statusCode()).isEqualTo(200);
        }
        assertThat(join(link, "bob").statusCode()).isEqualTo(303);
    }

    @Test // B-D3
    void whatCantBeTakenIsSaidAndSpendsNothing() {
        OneTimeLink link = invite(false);
        assertThat(join(link, "Ada").body()).contains("user: taken");
        Browser browser = server.browser();
        browser.get(path(link));
        assertThat(browser.submit(Map.of("user", "bob", "password", "password1234"))
                        .body())
                .contains("guessed first", "value=\"bob\"")
                .doesNotContain("password1234");
        assertThat(join(link, "bob").statusCode()).isEqualTo(303);
    }

    @Test // B-D3
    void manyWhoUseALinkAtOnceMakeOneAccount() throws Exception {
        OneTimeLink link = invite(false);
        List<Callable<Integer>> uses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String name = "user" + i;
            Browser browser = server.browser();
            browser.address = "198.51.100." + i;
            browser.get(path(link));
            uses.add(() -> browser.submit(Map.of("user", name, "password", NEW)).statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> use : threads.invokeAll(uses)) {
                answers.add(use.get());
            }
        }
        assertThat(answers).containsOnlyOnce(303).containsOnly(303, 404);
        int users = server.store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM users")
                .mapTo(Integer.class)
                .one());
        assertThat(users).isEqualTo(2);
    }

    @Test // B-D3, T-I8, T-I9
    void aNewPasswordEndsAllThatTheOldOneGave() throws Exception {
        Browser before = server.browser();
        before.get("/sign-in");
        before.submitSignIn();
        Client.Answer tokens = server.client().signIn();
        ApiKeys.Minted key =
                server.identity.apiKeys().mint(server.userId(), server.project(), "ci", Set.of("tunnels:read"), null);
        OneTimeLink link = reset();
        Browser browser = server.browser();
        browser.get(path(link));
        assertThat(before.get("/").statusCode()).as("until it is used").isEqualTo(200);

        assertThat(Browser.location(browser.submit(Map.of("password", NEW))).getPath())
                .isEqualTo("/sign-in");

        assertThat(before.get("/").statusCode()).isEqualTo(303);
        assertThat(server.authenticate(tokens.text("access_token"))).isEmpty();
        assertThat(server.client().refresh(tokens.text("refresh_token")).status())
                .isEqualTo(400);
        assertThat(server.identity.apiKeys().verify(key.secret())).isEmpty();
        assertThat(server.ended.poll(10, SECONDS)).isNotNull();
        assertThat(attempt(TestServer.PASSWORD)).isEqualTo(422);
        assertThat(attempt(NEW)).isEqualTo(303);
        assertThat(server.browser().get(path(link)).statusCode()).isEqualTo(404);
    }

    @Test // B-D3
    void aPasswordLinkLastsAnHourAndTheLatestCounts() {
        OneTimeLink first = reset();
        OneTimeLink second = reset();
        assertThat(server.browser().get(path(first)).statusCode()).isEqualTo(404);
        assertThat(server.browser().get(path(second)).statusCode()).isEqualTo(200);

        server.clock.move(AccountLinks.PASSWORD_RESET);
        assertThat(server.browser().get(path(second)).statusCode()).isEqualTo(404);
    }

    @Test // B-D3
    void oneKindOfLinkIsNotTheOther() {
        OneTimeLink invitation = invite(false);
        OneTimeLink reset = reset();
        assertThat(server.browser()
                        .get(path(invitation).replace(AccountLinks.JOIN, AccountLinks.NEW_PASSWORD))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.browser()
                        .get(path(reset).replace(AccountLinks.NEW_PASSWORD, AccountLinks.JOIN))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test // T-I3, T-C6
    void linksAreKeptAsHashesAndTheirFormsNeedATokenOfOurs() {
        OneTimeLink link = invite(false);
        String secret = path(link).substring(AccountLinks.JOIN.length());

        assertThat(secret).hasSize(43);
        assertThat(server.stores(secret)).isFalse();
        assertThat(link.toString()).doesNotContain(secret);
        assertThat(server.browser()
                        .post(path(link), Map.of("user", "bob", "password", NEW))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test // B-D3
    void aWeakNewPasswordIsRefusedWithItsReason() {
        Browser browser = server.browser();
        browser.get(path(reset()));
        assertThat(browser.submit(Map.of("password", "short")).body()).contains("expected: 12 or more");
    }

    private int attempt(String password) {
        server.clock.move(Duration.ofMinutes(1));
        Browser browser = server.browser();
        browser.get("/sign-in");
        return browser.submit(Map.of("user", TestServer.USER, "password", password))
                .statusCode();
    }

    private HttpResponse<String> join(OneTimeLink link, String name) {
        Browser browser = server.browser();
        browser.get(path(link));
        return browser.submit(Map.of("user", name, "password", NEW));
    }

    private OneTimeLink invite(boolean administrator) {
        return server.store.write(handle -> server.identity.people().invite(handle, administrator, server.userId()));
    }

    private OneTimeLink reset() {
        String user = server.userId();
        return server.store.write(handle ->
                server.identity.people().resetPassword(handle, user, user).orElseThrow());
    }

    private static String path(OneTimeLink link) {
        return URI.create(link.link()).getPath();
    }
}
