package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.core.api.User;
import dev.porthole.server.config.SignInSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's implementation of OpenID Connect signs people in to this server. */
@Tag("tools")
class ThirdPartyProviderTest {
    @TempDir
    private Path folder;

    @Test // T-I11, B-D3
    void aRealProviderSignsAPersonInForAnApp() throws Exception {
        try (NodeProvider provider = NodeProvider.start(Files.createDirectory(folder.resolve("provider")));
                TestServer server = TestServer.started(
                        Files.createDirectory(folder.resolve("server")),
                        new SignInSettings(
                                SignInSettings.DEFAULT.sessionIdle(),
                                SignInSettings.DEFAULT.sessionLifetime(),
                                List.of(provider.settings())))) {
            String back = server.addresses.pages() + "/sign-in/from/house";
            provider.serve(back);
            Client client = server.client();
            Browser browser = server.browser();
            String button = browser.get(client.authorizePath())
                    .body()
                    .replaceAll("(?s).*href=\"(/sign-in/with/house[^\"]+)\".*", "$1");

            URI returned = provider.signIn(Browser.location(browser.get(button.replace("&amp;", "&"))), "ada", back);
            Map<String, List<String>> answer =
                    Browser.parametersOf(browser.get(returned.getRawPath() + "?" + returned.getRawQuery()));

            assertThat(returned.getRawQuery()).as("RFC 9207").contains("iss=");
            assertThat(client.redeem(WebRequest.field(answer, "code")).status()).isEqualTo(200);
            User made = server.identity
                    .accounts()
                    .user(String.valueOf(server.signedIn.poll(10, SECONDS)))
                    .orElseThrow();
            assertThat(made.name()).isEqualTo("Person ada");
            assertThat(made.email()).isEqualTo("ada@example.com");
            assertThat(made.administrator()).isTrue();
        }
    }
}
