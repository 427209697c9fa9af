package dev.porthole.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.TestControlPlane;
import dev.porthole.core.api.ControlPlaneClient;
import dev.porthole.core.api.ProblemException;
import dev.porthole.core.api.ServerAddress;
import dev.porthole.core.config.PortholeHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthStateTest {
    @TempDir
    Path folder;

    private TestControlPlane server;
    private AuthorizationService service;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicInteger ended = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        server = new TestControlPlane();
        service = new AuthorizationService(
                AuthorizationServiceConfiguration.fetch(server.base().toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // B-B4
    @Test
    void tokensRefreshAheadOfTheirEnd() throws Exception {
        AuthState state = signedIn();
        String first = state.token();
        assertThat(state.token()).isEqualTo(first);

        now = now.plus(Duration.ofSeconds(545));
        String second = state.performWithFreshTokens(token -> token);

        assertThat(second).isNotEqualTo(first);
        assertThat(server.calls).filteredOn("POST /token"::equals).hasSize(2);
    }

    // B-B4
    @Test
    void processesOfOneDeviceRefreshOnce() throws Exception {
        AuthState _ = signedIn();
        now = now.plus(Duration.ofHours(1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> processes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                processes.add(() -> state().token());
            }
            List<Future<String>> tokens = threads.invokeAll(processes, 60, TimeUnit.SECONDS);
            String token = tokens.getFirst().get();
            for (Future<String> other : tokens) {
                assertThat(other.get()).isEqualTo(token);
            }
        }

        assertThat(server.calls).filteredOn("POST /token"::equals).hasSize(2);
        assertThat(ended).hasValue(0);
    }

    // B-A11
    @Test
    void refusedRefreshEndsTheSignInAndKeepsThe401() throws Exception {
        AuthState state = signedIn();
        server.refuseRefresh = true;
        now = now.plus(Duration.ofHours(1));

        assertThatThrownBy(state::token)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(401));
        assertThat(ended).hasValue(1);
        assertThat(state.isAuthorized()).isFalse();
        assertThat(state().isAuthorized()).isFalse();
    }

    // B-A11
    @Test
    void tokenThatTheServerEndedIsReplacedOnceAndNeverInALoop() throws Exception {
        AuthState state = signedIn();
        ControlPlaneClient client = new ControlPlaneClient(new ServerAddress(server.base()), state, "test");
        server.endAccessTokens();

        assertThat(client.me().name()).isEqualTo("Ada");
        assertThat(server.calls).filteredOn("GET /api/v1/me"::equals).hasSize(2);

        server.endAccessTokens();
        server.refuseRefresh = true;
        assertThatThrownBy(client::me)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(401));
        assertThat(server.calls).filteredOn("GET /api/v1/me"::equals).hasSize(3);
    }

    @Test
    void forgettingGivesTheRefreshTokenToBeRevoked() throws Exception {
        AuthState state = signedIn();
        String refreshToken = state.forget().orElseThrow();
        service.revoke(refreshToken);

        assertThat(server.revoked).containsExactly(refreshToken);
        assertThat(state.isAuthorized()).isFalse();
        assertThatThrownBy(state::token).isInstanceOf(ProblemException.class);
    }

    // T-L3, T-C6
    @Test
    void fileOfSecretsIsPrivateAndTheSealedOneShowsNothing() throws Exception {
        FileSecretStore plain = new FileSecretStore(folder.resolve("plain.json"));
        plain.write("tokens", "planted-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("plain.json"))))
                .isEqualTo("rw-------");
        assertThat(plain.protection()).isEqualTo("protected by file permissions only");

        Path sealed = folder.resolve("sealed");
        sealed(sealed, "correct horse").write("tokens", "planted-secret");
        assertThat(new String(Files.readAllBytes(sealed), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("planted")
                .doesNotContain("tokens");
        assertThat(sealed(sealed, "correct horse").read("tokens")).contains("planted-secret");
        assertThatThrownBy(() -> sealed(sealed, "wrong").read("tokens"))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("passphrase");

        byte[] bytes = Files.readAllBytes(sealed);
        bytes[3] ^= 1;
        Files.write(sealed, bytes);
        assertThatThrownBy(() -> sealed(sealed, "correct horse").read("tokens"))
                .isInstanceOf(java.io.IOException.class);
    }

    // T-L3
    @Test
    void keyOfTheSealedFileCostsSixHundredThousandRounds() throws Exception {
        Path home = folder.resolve("home");
        SecretStore chosen = SecretStores.choose(
                PortholeHome.in(home), Map.of(SecretStores.PASSPHRASE_VARIABLE, "correct horse"), "Linux");
        chosen.write("tokens", "planted-secret");

        assertThat(chosen.protection()).isEqualTo("in an encrypted file");
        Path file = home.resolve("secrets.sealed");
        assertThat(new EncryptedFileSecretStore(file, "correct horse".toCharArray(), 600_000).read("tokens"))
                .contains("planted-secret");
        assertThatThrownBy(() -> sealed(file, "correct horse").read("tokens")).isInstanceOf(java.io.IOException.class);
    }

    /** With a key that is quick to derive. */
    private static EncryptedFileSecretStore sealed(Path file, String passphrase) {
        return new EncryptedFileSecretStore(file, passphrase.toCharArray(), 1000);
    }

    private AuthState signedIn() throws Exception {
        Pkce pkce = Pkce.create();
        java.net.URI redirect = java.net.URI.create("http://127.0.0.1/callback");
        String code = server.ownerCode(pkce.challenge(), redirect);
        AuthState state = state();
        state.update(service.performTokenRequest(new TokenRequest.AuthorizationCode(code, redirect, pkce), null));
        return state;
    }

    private AuthState state() {
        InstantSource clock = () -> now;
        return new AuthState(
                "tokens",
                new FileSecretStore(folder.resolve("secrets.json")),
                folder.resolve("refresh.lock"),
                clock,
                () -> service,
                ended::incrementAndGet);
    }
}
