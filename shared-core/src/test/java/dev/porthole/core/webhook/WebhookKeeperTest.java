package dev.porthole.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.agent.ManualTime;
import dev.porthole.core.webhook.FakeGitHub.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WebhookKeeperTest {
    private static KeyPair pair;
    private static KeyPair otherPair;

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final BlockingQueue<WebhookNews> news = new LinkedBlockingQueue<>();
    private final Map<String, String> environment = new HashMap<>();
    private FakeGitHub gitHub;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        otherPair = generator.generateKeyPair();
    }

    @BeforeEach
    void start() throws Exception {
        gitHub = new FakeGitHub("Iv1.app", (RSAPublicKey) pair.getPublic(), time);
        environment.put(GitHubApp.KEY_VARIABLE, pkcs8(pair));
        environment.put(GitHubApp.API_VARIABLE, gitHub.api());
    }

    @AfterEach
    void stop() {
        gitHub.close();
    }

    private static String pkcs8(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** As GitHub makes them. */
    private static String pkcs1(KeyPair keys) throws IOException {
        byte[] inner = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        return pem("RSA PRIVATE KEY", inner);
    }

    private static String pem(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + name + "-----\n";
    }

    private WebhookKeeper keeper(GitHubApp app) {
        return new WebhookKeeper(app, time, news::add);
    }

    private GitHubApp app() {
        return GitHubApp.of("Iv1.app", null, "/hook", null, environment);
    }

    private WebhookNews next() throws InterruptedException {
        WebhookNews next = news.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test // B-D10
    void webhookFollowsTheAddressAndTheSameAddressIsNoNews() throws Exception {
        try (WebhookKeeper keeper = keeper(app())) {
            keeper.addressIs("https://shop.tunnels.example.com");
            JsonNode config = gitHub.nextConfig();
            assertThat(config.get("url").asString()).isEqualTo("https://shop.tunnels.example.com/hook");
            assertThat(config.get("content_type").asString()).isEqualTo("json");
            assertThat(config.has("secret")).isFalse();
            assertThat(next()).isEqualTo(new WebhookNews.Set("Iv1.app", "https://shop.tunnels.example.com/hook"));

            keeper.addressIs("https://shop.tunnels.example.com");
            keeper.addressIs("https://other.tunnels.example.com");
            assertThat(gitHub.nextConfig().get("url").asString()).isEqualTo("https://other.tunnels.example.com/hook");
        }
    }

    @Test // B-D10
    void keyAndSecretComeFromFiles() throws Exception {
        Path key = Files.writeString(folder.resolve("app.pem"), pkcs1(pair));
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        environment.remove(GitHubApp.KEY_VARIABLE);
        GitHubApp app = GitHubApp.of("Iv1.app", key, "/hook", secret, environment);
        assertThat(app + " " + app.key()).doesNotContain("s3cret").contains("secret=given", "2048 bits");
        try (WebhookKeeper keeper = keeper(app)) {
            keeper.addressIs("https://shop.tunnels.example.com");
            assertThat(gitHub.nextConfig().get("secret").asString()).isEqualTo("s3cret");
        }
    }

    @Test // B-D10
    void keyOfAnotherAppIsSaidInOneLineAndNotTriedAgain() throws Exception {
        environment.put(GitHubApp.KEY_VARIABLE, pkcs8(otherPair).replace("\n", "\\n"));
        try (WebhookKeeper keeper = keeper(app())) {
            keeper.addressIs("https://shop.tunnels.example.com");
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WebhookNews.Refused.class,
                            refused -> assertThat(refused.text())
                                    .startsWith(
                                            "GitHub does not take the key of app Iv1.app (A JSON web token could not be decoded)."
                                                    + " Check that id and private key are of one app")
                                    .hasLineCount(1));
            assertThat(time.nobodyWaits()).isTrue();
        }
    }

    @Test // B-D10
    void unknownAppIsSaidAndTheNextAddressIsTriedAnew() throws Exception {
        gitHub.answers.add(new Answer(404, "<html>", Map.of()));
        try (WebhookKeeper keeper = keeper(app())) {
            keeper.addressIs("https://a.tunnels.example.com");
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WebhookNews.Refused.class,
                            refused -> assertThat(refused.text())
                                    .startsWith("GitHub knows no app Iv1.app with a webhook. Check its id"));
            keeper.addressIs("https://b.tunnels.example.com");
            assertThat(next()).isInstanceOf(WebhookNews.Set.class);
        }
    }

    @Test // B-D10
    void whatMayPassIsTriedAgainWithBackOff() throws Exception {
        gitHub.answers.add(new Answer(502, "", Map.of()));
        gitHub.answers.add(new Answer(500, "{\"message\": \"oops\"}", Map.of()));
        gitHub.answers.add(new Answer(403, "{\"message\": \"rate limit\"}", Map.of("Retry-After", "90")));
        try (WebhookKeeper keeper = keeper(app())) {
            keeper.addressIs("https://shop.tunnels.example.com");
            for (Duration wait :
                    new Duration[] {Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(90)}) {
                assertThat(next())
                        .isInstanceOfSatisfying(
                                WebhookNews.Retrying.class,
                                retrying -> assertThat(retrying.pause()).isEqualTo(wait));
                assertThat(time.nextWait()).isEqualTo(wait);
                time.advance(wait);
            }
            assertThat(next()).isInstanceOf(WebhookNews.Set.class);
        }
    }

    @Test // B-D10
    void networkThatIsAwayIsWaitedForAndANewAddressDoesNotWait() throws Exception {
        GitHubApp app = app();
        gitHub.close();
        try (WebhookKeeper keeper = keeper(app)) {
            keeper.addressIs("https://a.tunnels.example.com");
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WebhookNews.Retrying.class,
                            retrying -> assertThat(retrying.text()).startsWith("localhost can't be reached: "));
            assertThat(time.nextWait()).isEqualTo(Duration.ofSeconds(2));
            keeper.addressIs("https://b.tunnels.example.com");
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WebhookNews.Retrying.class,
                            retrying -> assertThat(retrying.url()).isEqualTo("https://b.tunnels.example.com/hook"));
        }
    }

    @Test // B-D10
    void addressOfThisComputerAloneIsNotGivenToGitHub() throws Exception {
        environment.put(GitHubApp.API_VARIABLE, GitHubApp.API);
        try (WebhookKeeper keeper = keeper(app())) {
            keeper.addressIs("http://shop.localhost:8080");
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WebhookNews.Refused.class,
                            refused -> assertThat(refused.text())
                                    .startsWith("GitHub can't reach http://shop.localhost:8080/hook"));
        }
    }

    @Test // B-D10
    void badKeysAndAddressesAreSaidWithoutTheirContent() throws Exception {
        for (String bad : new String[] {
            "hunter2",
            pem("PRIVATE KEY", new byte[] {1, 2, 3}),
            pem("RSA PRIVATE KEY", new byte[300]),
            pem("ENCRYPTED PRIVATE KEY", new byte[] {1}),
            pem("EC PRIVATE KEY", new byte[] {1})
        }) {
            assertThatThrownBy(() -> AppKey.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the app's private key: ")
                    .hasMessageContaining("(expected: the .pem file that the app's settings page made")
                    .message()
                    .doesNotContain("hunter2")
                    .doesNotContain("AQID");
        }
        environment.remove(GitHubApp.KEY_VARIABLE);
        assertThatThrownBy(this::app)
                .hasMessageContaining("not given (expected: its file, or PORTHOLE_GITHUB_APP_KEY)");
        environment.put(GitHubApp.KEY_VARIABLE, pkcs8(pair));
        environment.put(GitHubApp.API_VARIABLE, "http://github.example.com/api/v3");
        assertThatThrownBy(this::app).hasMessageStartingWith("PORTHOLE_GITHUB_API: http://github.example.com/api/v3");
        environment.put(GitHubApp.API_VARIABLE, "http://127.0.0.1.example.com/api/v3");
        assertThatThrownBy(this::app).hasMessageStartingWith("PORTHOLE_GITHUB_API: http://127.0.0.1.example.com");
        environment.put(GitHubApp.API_VARIABLE, "https://github.example.com/api/v3/");
        assertThat(app().api()).hasToString("https://github.example.com/api/v3");
    }
}
