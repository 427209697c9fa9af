package dev.porthole.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.core.TestControlPlane;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthorizationServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private TestControlPlane server;
    private AuthorizationService service;

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

    // B-B1
    @Test
    void browserBringsACodeThatGivesCheckedTokens() throws Exception {
        AtomicReference<URI> opened = new AtomicReference<>();
        TokenResponse tokens = service.performAuthorizationRequest(
                address -> {
                    opened.set(address);
                    return server.browse(address);
                },
                LIMIT);

        assertThat(tokens.accessToken()).startsWith("at-");
        assertThat(tokens.refreshToken()).startsWith("rt-");
        assertThat(opened.get().getQuery())
                .contains("code_challenge_method=S256", "prompt=select_account", "client_id=porthole-desktop")
                .doesNotContain("code_verifier", "client_secret");
        assertThat(server.pages.poll(20, TimeUnit.SECONDS)).startsWith("200").contains("You can close this tab");
    }

    // B-B1
    @Test
    void callbackWithForeignStateIsIgnoredAndWaitingGoesOn() throws Exception {
        AtomicReference<HttpResponse<String>> foreign = new AtomicReference<>();
        TokenResponse tokens = service.performAuthorizationRequest(
                address -> {
                    URI redirect = URI.create(parameter(address, "redirect_uri"));
                    foreign.set(get(redirect + "?code=stolen&state=foreign&iss=" + server.base()));
                    foreign.set(get(redirect + "?error=access_denied"));
                    return server.browse(address);
                },
                LIMIT);

        assertThat(tokens.accessToken()).startsWith("at-");
        assertThat(foreign.get().statusCode()).isEqualTo(400);
        assertThat(foreign.get().body()).contains("Not the sign-in");
    }

    // B-B1
    @Test
    void nobodyInTheBrowserIsALimitAndThePortIsClosedAfterwards() {
        AtomicReference<URI> opened = new AtomicReference<>();
        assertThatThrownBy(() -> service.performAuthorizationRequest(
                        address -> {
                            opened.set(address);
                            return false;
                        },
                        Duration.ofMillis(50)))
                .isInstanceOf(TimeoutException.class);

        String redirect = parameter(opened.get(), "redirect_uri");
        assertThatThrownBy(() -> get(redirect)).hasRootCauseInstanceOf(java.nio.channels.ClosedChannelException.class);
    }

    // B-B1
    @Test
    void cancellingInTheBrowserIsSaid() {
        server.redirectChange = answer -> {
            Map<String, String> denied = new LinkedHashMap<>(answer);
            denied.remove("code");
            denied.put("error", "access_denied");
            return denied;
        };

        assertThatThrownBy(() -> service.performAuthorizationRequest(server::browse, LIMIT))
                .isInstanceOf(AuthorizationException.class)
                .hasMessage("The sign-in was cancelled in the browser.");
    }

    // T-I4
    @Test
    void answerOfAnotherIssuerIsRefused() {
        server.redirectChange = answer -> {
            Map<String, String> other = new LinkedHashMap<>(answer);
            other.put("iss", "https://evil.example");
            return other;
        };
        assertRefused("iss: https://evil.example");

        server.redirectChange = answer -> {
            Map<String, String> none = new LinkedHashMap<>(answer);
            none.remove("iss");
            return none;
        };
        assertRefused("iss: missing");
    }

    // T-I4
    @Test
    void idTokenWithAWrongClaimIsRefused() throws Exception {
        server.idTokenChange = claims -> claims.claim("nonce", "another");
        assertRefused("nonce");
        server.idTokenChange = claims -> claims.audience("someone-else");
        assertRefused("aud");
        server.idTokenChange = claims -> claims.issuer("https://evil.example");
        assertRefused("iss");
        server.idTokenChange = claims -> claims.claim("azp", "someone-else");
        assertRefused("azp");
        server.idTokenChange = claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA");
        assertRefused("hash");
        server.idTokenChange =
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)));
        assertRefused("Expired");
        server.idTokenChange =
                claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(3600)));
        assertRefused("issue");
        server.idTokenChange = _ -> {};
        server.signWith = TestControlPlane.newKey();
        assertRefused("id_token is not valid");
    }

    // T-I4
    @Test
    void aMinuteOfSkewIsFine() throws Exception {
        server.idTokenChange =
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(30)))
                        .issueTime(Date.from(Instant.now().minusSeconds(600)));

        assertThat(service.performAuthorizationRequest(server::browse, LIMIT).accessToken())
                .startsWith("at-");
    }

    @Test
    void ownersCodeIsRedeemedWithItsVerifierAlone() throws Exception {
        URI redirect = URI.create("http://127.0.0.1/callback");
        Pkce pkce = Pkce.create();
        String code = server.ownerCode(pkce.challenge(), redirect);
        assertThatThrownBy(() -> service.performTokenRequest(
                        new TokenRequest.AuthorizationCode(
                                server.ownerCode(pkce.challenge(), redirect), redirect, Pkce.create()),
                        null))
                .isInstanceOf(AuthorizationException.class);

        TokenResponse tokens =
                service.performTokenRequest(new TokenRequest.AuthorizationCode(code, redirect, pkce), null);

        assertThat(tokens.accessToken()).startsWith("at-");
    }

    // T-C6
    @Test
    void nothingSecretIsInAnyText() throws Exception {
        Pkce pkce = Pkce.create();
        TokenResponse tokens = new TokenResponse("at-secret", "Bearer", 600, "rt-secret", "id-secret");

        assertThat(pkce.toString()).doesNotContain(pkce.verifier());
        assertThat(tokens.toString()).doesNotContain("secret");
        assertThat(new TokenRequest.Refresh("rt-secret").toString()).doesNotContain("secret");
        assertThat(new TokenRequest.AuthorizationCode("c-secret", URI.create("http://x"), pkce).toString())
                .doesNotContain("secret")
                .doesNotContain(pkce.verifier());
    }

    // RFC 7636, appendix B
    @Test
    void challengeIsTheStandardsExample() {
        assertThat(Pkce.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    private void assertRefused(String part) {
        assertThatThrownBy(() -> service.performAuthorizationRequest(server::browse, LIMIT))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining(part);
    }

    private static String parameter(URI address, String name) {
        for (String pair : address.getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return java.net.URLDecoder.decode(
                        pair.substring(name.length() + 1), java.nio.charset.StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(name + " is not in " + address);
    }

    private static HttpResponse<String> get(String address) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
