package dev.porthole.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInOptionsTest {
    @TempDir
    Path folder;

    @Test
    void providersAreReadFromFileAndEnvironment() throws Exception { // B-D14, B-D3
        Path secret = Files.writeString(folder.resolve("secret"), "kept in a file\n");
        Path file = Files.writeString(
                folder.resolve("porthole.yml"),
                "sign-in:\n  session-idle: 30m\n  house:\n    kind: openid\n"
                        + "    issuer: https://login.example.com/realms/house/\n    client-id: porthole\n"
                        + "    client-secret-file: " + secret + "\n    allowed: \"@example.com, 7\"\n");
        SignInSettings settings = Configuration.read(
                        Map.of("--data-dir", "d"),
                        Map.of(
                                "PORTHOLE_SIGN_IN_SESSION_LIFETIME", "12h",
                                "PORTHOLE_SIGN_IN_OUR_GITLAB_KIND", "gitlab",
                                "PORTHOLE_SIGN_IN_OUR_GITLAB_BASE_URL", "https://gitlab.example.com",
                                "PORTHOLE_SIGN_IN_OUR_GITLAB_CLIENT_ID", "id",
                                "PORTHOLE_SIGN_IN_OUR_GITLAB_CLIENT_SECRET", "in the environment",
                                "PORTHOLE_SIGN_IN_OUR_GITLAB_ADMINISTRATORS", "login:ada"),
                        file)
                .signIn();

        assertThat(settings.sessionIdle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.sessionLifetime()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.providers()).extracting(ProviderSettings::name).containsExactly("house", "our-gitlab");
        ProviderSettings house = settings.providers().getFirst();
        assertThat(house.base()).isEqualTo(URI.create("https://login.example.com/realms/house/"));
        assertThat(house.clientSecret()).isEqualTo("kept in a file");
        assertThat(house.title()).isEqualTo("House");
        assertThat(house.allowed()).containsExactlyInAnyOrder("@example.com", "7");
        ProviderSettings gitlab = settings.providers().get(1);
        assertThat(gitlab.title()).isEqualTo("GitLab");
        assertThat(gitlab.clientSecret()).isEqualTo("in the environment");
        assertThat(gitlab.administrators()).containsExactly("login:ada");
        assertThat(gitlab.allowed()).isEmpty();
        assertThat(gitlab.toString()).doesNotContain("environment");
    }

    @Test
    void withoutAnyThereAreLocalAccountsOnly() throws Exception { // B-D14
        assertThat(Configuration.read(Map.of("--data-dir", "d"), Map.of(), null).signIn())
                .isEqualTo(SignInSettings.DEFAULT);
    }

    @Test
    void whatIsMissingOrDoesNotFitIsToldTogether() { // T-R7
        assertThat(mistakes(Map.of(
                        "PORTHOLE_SIGN_IN_GITHUB_KIND", "github",
                        "PORTHOLE_SIGN_IN_GITHUB_ISSUER", "https://github.com",
                        "PORTHOLE_SIGN_IN_HOUSE_KIND", "openid",
                        "PORTHOLE_SIGN_IN_HOUSE_CLIENT_ID", "x",
                        "PORTHOLE_SIGN_IN_HOUSE_CLIENT_SECRET_FILE", "/nowhere/secret",
                        "PORTHOLE_SIGN_IN_LAB_KIND", "bitbucket",
                        "PORTHOLE_SIGN_IN_LAB_CLIENT_ID", "x",
                        "PORTHOLE_SIGN_IN_SESSION_IDLE", "1s")))
                .containsExactlyInAnyOrder(
                        "PORTHOLE_SIGN_IN_SESSION_IDLE: sign-in.session-idle: 1s (expected: 5m-720h)",
                        "sign-in.github.client-id: missing (expected: text)",
                        "sign-in.github.client-secret: missing (expected: the secret of the OAuth app)",
                        "PORTHOLE_SIGN_IN_GITHUB_ISSUER: sign-in.github.issuer: of kind openid only (expected:"
                                + " base-url)",
                        "PORTHOLE_SIGN_IN_HOUSE_CLIENT_SECRET_FILE: sign-in.house.client-secret-file: /nowhere/secret"
                                + " (expected: a file that can be read)",
                        "sign-in.house.issuer: missing (expected: an address such as"
                                + " https://login.example.com/realms/house)",
                        "PORTHOLE_SIGN_IN_LAB_KIND: sign-in.lab.kind: bitbucket (expected: github, gitlab, openid)");
    }

    @Test
    void providersAreReachedOverHttpsOrOnThisComputer() throws Exception { // T-L5
        for (String issuer : List.of("http://login.example.com", "https://a@b.example", "https://x.example/?a", "x")) {
            assertThat(mistakes(openid(issuer))).singleElement().asString().contains("issuer: " + issuer);
        }
        for (String issuer : List.of("http://127.0.0.1:9000", "http://localhost:9000/realm", "http://[::1]:9000")) {
            assertThat(Configuration.read(Map.of("--data-dir", "d"), openid(issuer), null)
                            .signIn()
                            .providers())
                    .hasSize(1);
        }
    }

    @Test
    void namesOfOurOwnAccountsAreNoProviders() throws Exception { // B-D3
        Map<String, String> environment = new HashMap<>(openid("https://login.example.com"));
        environment.put("PORTHOLE_SIGN_IN_LOCAL_KIND", "github");
        environment.put("PORTHOLE_SIGN_IN_OWNER_KIND", "github");
        assertThat(Configuration.read(Map.of("--data-dir", "d"), environment, null)
                        .signIn()
                        .providers())
                .extracting(ProviderSettings::name)
                .containsExactly("house");
    }

    @Test
    void unknownSettingsOfAProviderAreTold() throws Exception { // T-R7
        Path file = Files.writeString(
                folder.resolve("porthole.yml"), "sign-in:\n  house:\n    kind: openid\n    colour: red\n");
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> Configuration.read(Map.of("--data-dir", "d"), openid("https://login.example.com"), file));
        assertThat(refused.mistakes())
                .singleElement()
                .asString()
                .startsWith(file + ":4: unknown setting sign-in.house.colour (expected: one of sign-in.");
    }

    private static Map<String, String> openid(String issuer) {
        return Map.of(
                "PORTHOLE_SIGN_IN_HOUSE_KIND", "openid",
                "PORTHOLE_SIGN_IN_HOUSE_CLIENT_ID", "x",
                "PORTHOLE_SIGN_IN_HOUSE_ISSUER", issuer);
    }

    private static List<String> mistakes(Map<String, String> environment) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> Configuration.read(Map.of("--data-dir", "d"), environment, null))
                .mistakes();
    }
}
