package dev.porthole.server.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.api.ConnectToken;
import dev.porthole.server.identity.Principal.KeyPrincipal;
import dev.porthole.server.relay.SessionGrant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private TestServer server;
    private Authenticator authenticator;
    private String project;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.started(folder);
        authenticator = server.identity.authenticator();
        project = server.project();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aKeySpeaksForItsProjectWithinItsScopes() {
        ApiKeys.Minted key = mint();
        KeyPrincipal expected =
                new KeyPrincipal(key.id(), server.userId(), project, Set.of("tunnels:read", "tunnels:write"), key.id());

        assertThat(key.secret()).startsWith("phk_").hasSize(47);
        assertThat(authenticator.authenticate(null, key.secret())).contains(expected);
        assertThat(server.authenticate(key.secret())).contains(expected);
        assertThat(server.keys(project)).singleElement().satisfies(listed -> {
            assertThat(listed.id()).isEqualTo(key.id());
            assertThat(listed.prefix()).isEqualTo(key.secret().substring(0, 8));
        });
    }

    @Test // T-I3, T-C6
    void aKeyIsStoredAsAHashAndPrintedNowhere() {
        ApiKeys.Minted key = mint();

        assertThat(server.stores(key.secret())).isFalse();
        assertThat(server.stores(OpaqueToken.hash(key.secret()))).isTrue();
        assertThat(key.toString()).doesNotContain(key.secret());
    }

    @Test
    void aWrongKeyIsNobody() {
        ApiKeys.Minted key = mint();

        assertThat(authenticator.authenticate(null, key.secret() + "x")).isEmpty();
        assertThat(authenticator.authenticate(null, "phk_")).isEmpty();
        assertThat(authenticator.authenticate(null, "")).isEmpty();
        assertThat(authenticator.authenticate("Bearer wrong", key.secret())).isEmpty();
    }

    @Test // T-I8
    void revokingAKeyEndsItAndItsConnectTokensAtOnce() throws Exception {
        ApiKeys.Minted key = mint();
        Principal principal = authenticator.authenticate(null, key.secret()).orElseThrow();
        ConnectToken token = server.identity.connectTokens().mint(principal, server.connector(project), project);

        assertThat(server.identity.apiKeys().revoke(server.project(), key.id())).isFalse();
        assertThat(server.identity.apiKeys().revoke(project, key.id())).isTrue();

        assertThat(authenticator.authenticate(null, key.secret())).isEmpty();
        assertThat(server.identity.connectTokens().verify(token.token())).isEmpty();
        assertThat(server.keys(project)).isEmpty();
        assertThat(server.ended.poll(10, SECONDS)).isEqualTo(key.id());
    }

    @Test
    void anExpiredKeyIsNobodyAndSoIsWhatItGave() {
        ApiKeys.Minted key = server.identity
                .apiKeys()
                .mint(
                        server.userId(),
                        project,
                        "short",
                        Set.of(),
                        server.clock.instant().plusSeconds(60));
        Principal principal = authenticator.authenticate(null, key.secret()).orElseThrow();
        ConnectToken token = server.identity.connectTokens().mint(principal, server.connector(project), project);
        server.clock.move(Duration.ofSeconds(60));

        assertThat(authenticator.authenticate(null, key.secret())).isEmpty();
        assertThat(server.identity.connectTokens().verify(token.token())).isEmpty();
    }

    @Test
    void aConnectTokenGivesOneConnectorForADay() {
        Principal parent = server.authenticate(server.client().signIn().text("access_token"))
                .orElseThrow();
        String connector = server.connector(project);
        ConnectTokens tokens = server.identity.connectTokens();
        ConnectToken token = tokens.mint(parent, connector, project);

        assertThat(tokens.verify(token.token())).contains(new SessionGrant(connector, project, parent.credential()));
        assertThat(token.expiresAt()).isEqualTo(server.clock.instant().plus(Duration.ofHours(24)));
        assertThat(server.stores(token.token())).isFalse();
        assertThat(tokens.verify(token.token() + "x")).isEmpty();

        server.clock.move(Duration.ofHours(24));
        assertThat(tokens.verify(token.token())).isEmpty();
    }

    @Test // T-I8
    void aConnectTokenOfAnEndedParentIsDeadEvenIfItWasMadeAfterwards() {
        Principal parent = server.authenticate(server.client().signIn().text("access_token"))
                .orElseThrow();
        assertThat(server.identity.end(parent.credential(), "test")).isTrue();

        ConnectToken late = server.identity.connectTokens().mint(parent, server.connector(project), project);

        assertThat(server.identity.connectTokens().verify(late.token())).isEmpty();
    }

    @Test // T-L3
    void theOwnerSignsInByACodeThatOnlyItsAskerCanRedeem(@TempDir Path folder) throws Exception {
        try (TestServer embedded = TestServer.empty(folder)) {
            Client client = embedded.client();
            String code = embedded.identity.ownerCodes().issue(client.challenge(), Client.REDIRECT);

            Map<String, String> thief = embedded.client().codeGrant(code);
            Client.Answer tokens = client.redeem(code);
            assertThat(tokens.status()).isEqualTo(200);
            assertThat(embedded.authenticate(tokens.text("access_token"))).isPresent();
            assertThat(embedded.signedIn.poll(10, SECONDS))
                    .isEqualTo(embedded.identity.accounts().createOwner());

            String stolen = embedded.identity.ownerCodes().issue(client.challenge(), Client.REDIRECT);
            thief.put("code", stolen);
            assertThat(client.token(thief).body()).containsEntry("error", "invalid_grant");
        }
    }

    @Test // T-L3
    void theOwnerHasNoPasswordAndNoPageMakesAnotherAccount(@TempDir Path folder) {
        try (TestServer embedded = TestServer.empty(folder)) {
            String owner = embedded.identity.accounts().createOwner();
            String name = embedded.identity.accounts().user(owner).orElseThrow().name();

            assertThat(embedded.identity.accounts().signIn(name, "", "127.0.0.1"))
                    .isEqualTo(new Accounts.Attempt.Wrong());
            assertThat(Browser.location(embedded.browser().get("/setup")).getPath())
                    .isEqualTo("/sign-in");
            assertThat(embedded.identity.setupCode()).isEmpty();
        }
    }

    @Test // T-L3
    void ownerCodesAreBoundToPkceAndLoopback() {
        OwnerCodes codes = server.identity.ownerCodes();

        assertThatThrownBy(() -> codes.issue("short", Client.REDIRECT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 43");
        assertThatThrownBy(() -> codes.issue(server.client().challenge(), "http://localhost:1/callback"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ApiKeys.Minted mint() {
        return server.identity
                .apiKeys()
                .mint(server.userId(), project, "deploy", Set.of("tunnels:read", "tunnels:write"), null);
    }
}
