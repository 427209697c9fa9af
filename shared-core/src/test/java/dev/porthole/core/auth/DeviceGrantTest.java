package dev.porthole.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.TestControlPlane;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceGrantTest {
    private static final TokenResponse TOKENS = new TokenResponse("at", "Bearer", 600, "rt", null);

    private final List<Duration> waited = new ArrayList<>();
    private final Deque<Exception> refusals = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DeviceGrant grant = new DeviceGrant(() -> now, time -> {
        waited.add(time);
        now = now.plus(time);
    });

    @Test // T-I7
    void slowDownIsHonouredAndKept() throws Exception {
        refuse("authorization_pending", "slow_down", "authorization_pending", "slow_down", "authorization_pending");

        assertThat(await(600)).isSameAs(TOKENS);

        assertThat(waited).extracting(Duration::toSeconds).containsExactly(5L, 5L, 10L, 10L, 15L, 15L);
    }

    @Test // T-I7 (RFC 8628 section 3.5)
    void noAnswerMakesItAskHalfAsOften() throws Exception {
        refusals.add(new IOException("reset"));
        refusals.add(new IOException("reset"));
        refuse("authorization_pending");

        assertThat(await(600)).isSameAs(TOKENS);

        assertThat(waited).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 20L);
    }

    @Test // T-I7
    void itNeverAsksAfterTheCodeHasEnded() {
        for (int i = 0; i < 100; i++) {
            refuse("authorization_pending");
        }

        assertThatThrownBy(() -> await(60)).isInstanceOf(TimeoutException.class);

        assertThat(waited).hasSize(11);
    }

    @Test // T-I7
    void anEndedCodeIsTheSameAsNobody() {
        refuse("expired_token");

        assertThatThrownBy(() -> await(600)).isInstanceOf(TimeoutException.class);
    }

    @Test // T-I7
    void aNoIsSaidInWords() {
        refuse("access_denied");

        assertThatThrownBy(() -> await(600))
                .isInstanceOf(AuthorizationException.class)
                .hasMessage("The sign-in was refused in the browser. Nothing was signed in.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_grant", "invalid_client", "invalid_response"})
    void otherRefusalsEndIt(String error) {
        refuse(error);

        assertThatThrownBy(() -> await(600))
                .isInstanceOfSatisfying(
                        AuthorizationException.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
        assertThat(waited).hasSize(1);
    }

    @Test // T-I7
    void anInterruptEndsTheWaitingAtOnce() throws Exception {
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        DeviceGrant real = new DeviceGrant(java.time.InstantSource.system(), time -> {
            waiting.complete(true);
            Thread.sleep(time);
        });
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                real.await(authorization(600), () -> TOKENS);
                ended.complete(new AssertionError("it got tokens"));
            } catch (Exception stopped) {
                ended.complete(stopped);
            }
        });
        waiting.get(10, TimeUnit.SECONDS);
        thread.interrupt();

        assertThat(ended.get(1, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test // T-I7, T-I4
    void thePersonIsToldOnceAndTheTokensAreChecked() throws Exception {
        try (TestControlPlane server = new TestControlPlane()) {
            server.deviceErrors.addAll(List.of("authorization_pending", "slow_down"));
            AuthorizationService service = new AuthorizationService(
                    AuthorizationServiceConfiguration.fetch(server.base().toString()), grant);
            List<DeviceAuthorization.Prompt> told = new ArrayList<>();

            TokenResponse tokens = service.performDeviceAuthorization(told::add);

            assertThat(tokens.accessToken()).startsWith("at-");
            assertThat(told)
                    .containsExactly(
                            new DeviceAuthorization.Prompt("BCDF-GHJK", URI.create(server.base() + "/device"), null));
            assertThat(waited).extracting(Duration::toSeconds).containsExactly(5L, 5L, 10L);

            server.idTokenChange = claims -> claims.audience("someone-else");
            assertThatThrownBy(() -> service.performDeviceAuthorization(told::add))
                    .isInstanceOf(AuthorizationException.class)
                    .hasMessageContaining("aud");
        }
    }

    @Test // T-C6
    void nothingSecretIsInAnyText() {
        assertThat(authorization(600).toString()).doesNotContain("dc-secret").doesNotContain("BCDF");
        assertThat(new TokenRequest.DeviceCode("dc-secret").toString()).doesNotContain("secret");
    }

    private TokenResponse await(int seconds) throws Exception {
        return grant.await(authorization(seconds), () -> {
            switch (refusals.poll()) {
                case AuthorizationException refused -> throw refused;
                case IOException silent -> throw silent;
                case null, default -> {
                    return TOKENS;
                }
            }
        });
    }

    private void refuse(String... errors) {
        for (String error : errors) {
            refusals.add(new AuthorizationException(error, error));
        }
    }

    private static DeviceAuthorization authorization(int seconds) {
        return new DeviceAuthorization(
                "dc-secret", "BCDF-GHJK", URI.create("https://x.example/device"), null, seconds, 5);
    }
}
